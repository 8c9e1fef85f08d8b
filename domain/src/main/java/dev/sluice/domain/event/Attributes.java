package dev.sluice.domain.event;

import java.util.Map;
import java.util.Optional;

/// What a producer may say about an event beside its type and payload.
///
/// The named ones are [#source], [#subject], [#key] and [#traceparent]; any other entry is an
/// extension that travels with the event unread, as CloudEvents allows.
///
/// @param values text by attribute name; values of 1 to 255 characters without control characters
public record Attributes(Map<String, String> values) {

  /// Where the event comes from.
  public static final String SOURCE = "source";

  /// What the event is about, within its source.
  public static final String SUBJECT = "subject";

  /// The ordering key: groups the events of one entity.
  public static final String KEY = "key";

  /// The W3C trace context of the request that caused the event.
  public static final String TRACEPARENT = "traceparent";

  /// The id of the event that an operator edited and replayed as this one. Producers cannot say it.
  public static final String REPLAY_OF = "replay_of";

  /// No attributes at all.
  public static final Attributes NONE = new Attributes(Map.of());

  /// @throws IllegalArgumentException when a value breaks the rule; [#problemWith] asks first
  public Attributes {
    values = Map.copyOf(values);
    values.forEach((name, value) -> TextRule.SHORT_TEXT.require("attribute " + name, value));
  }

  /// Says why `text` cannot be the value of an attribute, or nothing when it can.
  public static Optional<String> problemWith(String text) {
    return TextRule.SHORT_TEXT.problemWith(text);
  }

  public Optional<String> source() {
    return Optional.ofNullable(values.get(SOURCE));
  }

  public Optional<String> subject() {
    return Optional.ofNullable(values.get(SUBJECT));
  }

  public Optional<String> key() {
    return Optional.ofNullable(values.get(KEY));
  }

  public Optional<String> traceparent() {
    return Optional.ofNullable(values.get(TRACEPARENT));
  }

  public Optional<String> replayOf() {
    return Optional.ofNullable(values.get(REPLAY_OF));
  }
}
