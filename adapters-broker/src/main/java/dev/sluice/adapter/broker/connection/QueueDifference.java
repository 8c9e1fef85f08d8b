package dev.sluice.adapter.broker.connection;

import dev.sluice.domain.port.StoreUnavailableException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// In what a queue that is there differs from the one that would be made, as RabbitMQ says it.
///
/// @param argument that differs; empty when RabbitMQ said something else
/// @param current its value as RabbitMQ writes it
record QueueDifference(String argument, String current) {

  /// Without these, what RabbitMQ confirms is not safe.
  private static final Set<String> VITAL =
      Set.of("durable", "exclusive", "auto_delete", "x-queue-type");

  private static final Pattern TEXT =
      Pattern.compile("inequivalent arg '([^']+)' .* but current is (.*)", Pattern.DOTALL);

  private static final Pattern VALUE =
      Pattern.compile("the value '(.*)' of type '(\\w+)'.*", Pattern.DOTALL);

  /// @throws StoreUnavailableException when events would not be safe with that queue
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
              + " exists and is no durable quorum queue, so RabbitMQ may lose acknowledged events: "
              + text
              + "; empty and delete it, and Sluice declares it as it must be");
    }
    return new QueueDifference(argument, matcher.group(2));
  }

  /// Puts the queue's own value among the arguments.
  ///
  /// @return false when that cannot be told
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
