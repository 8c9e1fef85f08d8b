package dev.sluice.domain.event;

import java.util.Optional;

/// The identity of an event: Sluice keeps one copy per id, whoever sends it and however often.
///
/// @param value 1 to 255 characters, not blank, without control characters
public record EventId(String value) {

  /// @throws IllegalArgumentException when the text breaks the rule; [#problemWith] asks first
  public EventId {
    TextRule.SHORT_TEXT.require("event id", value);
  }

  /// Says why `text` cannot be an event id, or nothing when it can.
  public static Optional<String> problemWith(String text) {
    return TextRule.SHORT_TEXT.problemWith(text);
  }

  @Override
  public String toString() {
    return value;
  }
}
