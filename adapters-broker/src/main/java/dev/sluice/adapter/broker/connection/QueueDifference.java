package dev.sluice.adapter.broker.connection;

import dev.sluice.domain.port.StoreUnavailableException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A difference between an existing queue and its declaration, as RabbitMQ reports it.
///
/// @param argument the one that differs; empty when RabbitMQ reported something else
/// @param current its value as RabbitMQ writes it
record QueueDifference(String argument, String current) {

  /// Without these, messages that RabbitMQ confirmed are not safe.
  private static final Set<String> VITAL =
      Set.of("durable", "exclusive", "auto_delete", "x-queue-type");

  private static final Pattern TEXT =
      Pattern.compile("inequivalent arg '([^']+)' .* but current is (.*)", Pattern.DOTALL);

  private static final Pattern VALUE =
      Pattern.compile("the value '(.*)' of type '(\\w+)'.*", Pattern.DOTALL);

  /// @throws StoreUnavailableException when events would not be safe in that queue
  static QueueDifference read(String queue, String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.find()) {
      return new QueueDifference("", "");
    }
    String argument = matcher.group(1);
    if (VITAL.contains(argument)) {
      throw new StoreUnavailableException(
          "queue "
              + queue
              + " is not a durable quorum queue, so RabbitMQ may lose acknowledged events: "
              + text
              + "; empty the queue, delete it, and start again");
    }
    return new QueueDifference(argument, matcher.group(2));
  }

  /// Replaces the argument with the queue's own value.
  ///
  /// @return false when that value is not known
  boolean isTakenOver(Map<String, Object> arguments) {
    if (current.startsWith("none")) {
      return arguments.remove(argument) != null;
    }
    Matcher matcher = VALUE.matcher(current);
    if (argument.isEmpty() || !matcher.matches()) {
      return false;
    }
    String value = matcher.group(1);
    boolean isText = matcher.group(2).equals("longstr");
    if (!isText && !value.matches("-?\\d{1,18}")) {
      return false;
    }
    Object own = isText ? value : Long.valueOf(value);
    return !own.equals(arguments.put(argument, own));
  }
}
