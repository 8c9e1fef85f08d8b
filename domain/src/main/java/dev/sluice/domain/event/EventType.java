package dev.sluice.domain.event;

import java.util.Optional;

/// The kind of fact that an event is, such as `order.paid`; subscriptions choose events by it.
///
/// @param value 1 to 255 characters, not blank, without control characters
public record EventType(String value) {

  /// The type of an event whose producer gave none.
  public static final EventType DEFAULT = new EventType("default");

  /// @throws IllegalArgumentException when the text breaks the rule; [#problemWith] checks
  ///   beforehand
  public EventType {
    TextRule.SHORT_TEXT.require("event type", value);
  }

  /// Returns why `text` cannot be an event type; empty when it can.
  public static Optional<String> problemWith(String text) {
    return TextRule.SHORT_TEXT.problemWith(text);
  }

  @Override
  public String toString() {
    return value;
  }
}
