package dev.sluice.adapter.broker.codec;

import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.event.Payload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Encodes events: a line with everything but the payload, then the payload as it was sent.
public final class EventCodec {

  /// Version, id, type, occurred, received; names and values of attributes follow.
  private static final int FIXED = 5;

  private static final String VERSION = "1";

  /// Follows the name of an attribute whose value is not a string; names contain no colons.
  private static final String UNQUOTED = ":";

  private EventCodec() {}

  public static String encode(Event event) {
    return line(event) + "\n" + event.payload().json();
  }

  /// Returns the line with everything but the payload.
  static String line(Event event) {
    var fields =
        new ArrayList<>(
            List.of(
                VERSION,
                event.id().value(),
                event.type().value(),
                Long.toString(event.occurredAt().toEpochMilli()),
                Nanos.text(event.receivedAt())));
    addAttributes(fields, event.attributes());
    return Fields.join(fields);
  }

  private static void addAttributes(List<String> fields, Attributes attributes) {
    attributes
        .values()
        .forEach(
            (name, value) -> {
              fields.add(attributes.unquoted().contains(name) ? name + UNQUOTED : name);
              fields.add(value);
            });
  }

  /// Returns when the event was received, from the beginning of its text.
  ///
  /// @throws IllegalArgumentException when the text is not valid
  public static Instant receivedAt(String beginning) {
    List<String> fields = Fields.split(beginning.lines().findFirst().orElse(""));
    if (fields.size() < FIXED || !fields.getFirst().equals(VERSION)) {
      throw new IllegalArgumentException("an event's text is of another version or damaged");
    }
    return Nanos.toInstant(fields.get(FIXED - 1));
  }

  /// Reads an event.
  ///
  /// @throws IllegalArgumentException when the text is not valid
  public static Event decode(String text) {
    int end = text.indexOf('\n');
    if (end < 0) {
      throw new IllegalArgumentException("an event's text lacks its payload");
    }
    return decode(text.substring(0, end), text.substring(end + 1));
  }

  /// @throws IllegalArgumentException when the line is not one that [#line] wrote
  static Event decode(String line, String payload) {
    List<String> fields = Fields.split(line);
    if (fields.size() < FIXED || fields.size() % 2 == 0 || !fields.getFirst().equals(VERSION)) {
      throw new IllegalArgumentException("an event's text is of another version or damaged");
    }
    return new Event(
        new EventId(fields.get(1)),
        new EventType(fields.get(2)),
        Instant.ofEpochMilli(Long.parseLong(fields.get(3))),
        Nanos.toInstant(fields.get(4)),
        new Payload(payload),
        attributes(fields.subList(FIXED, fields.size())));
  }

  private static Attributes attributes(List<String> pairs) {
    if (pairs.isEmpty()) {
      return Attributes.NONE;
    }
    Map<String, String> values = HashMap.newHashMap(pairs.size() / 2);
    Set<String> unquoted = new HashSet<>();
    for (int index = 0; index < pairs.size(); index += 2) {
      String name = pairs.get(index);
      if (name.endsWith(UNQUOTED)) {
        name = name.substring(0, name.length() - UNQUOTED.length());
        unquoted.add(name);
      }
      values.put(name, pairs.get(index + 1));
    }
    return new Attributes(values, unquoted);
  }
}
