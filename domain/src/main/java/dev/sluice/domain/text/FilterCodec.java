package dev.sluice.domain.text;

import dev.sluice.domain.delivery.ErrorFingerprint;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.port.AttemptRange;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Encodes filters as text: a line `name=value` for each condition. No value contains a line break.
public final class FilterCodec {

  private FilterCodec() {}

  private static final Set<String> NAMES =
      Set.of(
          "status", "type", "key", "subscription", "error", "from", "to", "least", "most", "text");

  /// Returns the text that [#decode] reads.
  ///
  /// @throws IllegalArgumentException when a value contains a line break
  public static String encode(EventFilter filter) {
    var lines = new ArrayList<String>();
    filter.statuses().forEach(status -> lines.add("status=" + status.name()));
    filter.types().forEach(type -> lines.add("type=" + type.value()));
    filter.keys().forEach(key -> lines.add("key=" + key));
    filter.subscriptions().forEach(name -> lines.add("subscription=" + name.value()));
    filter.errors().forEach(error -> lines.add("error=" + error));
    lines.add("from=" + filter.occurredFrom());
    lines.add("to=" + filter.occurredTo());
    lines.add("least=" + filter.attempts().least());
    lines.add("most=" + filter.attempts().most());
    lines.add("text=" + filter.text());
    for (String line : lines) {
      if (line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0) {
        throw new IllegalArgumentException("a filter must not contain line breaks");
      }
    }
    return String.join("\n", lines);
  }

  /// Returns the filter in a text that [#encode] wrote.
  ///
  /// @throws IllegalArgumentException when it contains an unknown line: a filter that is read in
  ///   part would choose more events than intended
  public static EventFilter decode(String text) {
    List<String> lines = text.lines().toList();
    for (String line : lines) {
      if (!NAMES.contains(line.substring(0, Math.max(0, line.indexOf('='))))) {
        throw new IllegalArgumentException("unknown line in a filter: " + line);
      }
    }
    return new EventFilter(
        all(lines, "status", EventStatus::valueOf),
        all(lines, "type", EventType::new),
        all(lines, "key", Function.identity()),
        one(lines, "from", Instant::parse),
        one(lines, "to", Instant::parse),
        all(lines, "subscription", SubscriptionName::new),
        new AttemptRange(
            one(lines, "least", Integer::valueOf), one(lines, "most", Integer::valueOf)),
        all(lines, "error", hex -> ErrorFingerprint.parse(hex).orElseThrow()),
        one(lines, "text", Function.identity()));
  }

  private static <T> Set<T> all(List<String> lines, String name, Function<String, T> reader) {
    var values = new HashSet<T>();
    for (String line : lines) {
      if (line.startsWith(name + "=")) {
        values.add(reader.apply(line.substring(name.length() + 1)));
      }
    }
    return values;
  }

  private static <T> T one(List<String> lines, String name, Function<String, T> reader) {
    return all(lines, name, reader).iterator().next();
  }
}
