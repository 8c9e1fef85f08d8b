package dev.sluice.domain.event;

import java.util.Optional;

/// The identity of an event: Sluice stores one copy per id, no matter who sends it and how often.
///
/// @param value 1 to 255 characters, not blank, without control characters
public record EventId(String value) {

  /// @throws IllegalArgumentException when the text breaks the rule; [#problemWith] checks
  ///   beforehand
  public EventId {
    TextRule.SHORT_TEXT.require("event id", value);
  }

  /// Returns why `text` cannot be an event id; empty when it can.
  public static Optional<String> problemWith(String text) {
    return TextRule.SHORT_TEXT.problemWith(text);
  }

  @Override
  public String toString() {
    return value;
  }
}
