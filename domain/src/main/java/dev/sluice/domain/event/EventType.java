package dev.sluice.domain.event;

import java.util.Optional;

/// What kind of fact an event is, such as `order.paid`; subscriptions choose events by it.
///
/// @param value 1 to 255 characters, not blank, without control characters
public record EventType(String value) {

  /// The type of an event whose producer named none.
  public static final EventType DEFAULT = new EventType("default");

  /// @throws IllegalArgumentException when the text breaks the rule; [#problemWith] asks first
  public EventType {
    TextRule.SHORT_TEXT.require("event type", value);
  }

  /// Says why `text` cannot be an event type, or nothing when it can.
  public static Optional<String> problemWith(String text) {
    return TextRule.SHORT_TEXT.problemWith(text);
  }

  @Override
  public String toString() {
    return value;
  }
}
