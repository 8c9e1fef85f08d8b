package dev.sluice.domain.subscription;

/// The name by which subscriptions refer to a handler.
///
/// @param value lower-case letters, digits, `-`, `_` and `.`, 1 to 64 of them
public record HandlerName(String value) {

  /// @throws IllegalArgumentException when the text breaks the rule
  public HandlerName {
    NameRule.require("handler name", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
