package dev.sluice.domain.subscription;

/// The deliveries that a pause stops.
public sealed interface PauseScope {

  PauseScope EVERYTHING = new Everything();

  /// All processing, of every subscription.
  record Everything() implements PauseScope {}

  /// The deliveries of one subscription.
  record One(SubscriptionName subscription) implements PauseScope {}
}
