package dev.sluice.domain.subscription;

/// The name of a subscription, unique within a service.
///
/// @param value lower-case letters, digits, `-`, `_` and `.`, 1 to 64 of them
public record SubscriptionName(String value) {

  /// The subscription that exists by default.
  public static final SubscriptionName DEFAULT = new SubscriptionName("default");

  /// @throws IllegalArgumentException when the text breaks the rule
  public SubscriptionName {
    NameRule.require("subscription name", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
