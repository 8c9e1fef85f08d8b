package dev.sluice.domain.subscription;

/// What a pause holds up.
public sealed interface PauseScope {

  /// All processing.
  PauseScope EVERYTHING = new Everything();

  /// All processing, of every subscription.
  record Everything() implements PauseScope {}

  /// The deliveries of one subscription.
  record One(SubscriptionName subscription) implements PauseScope {}
}
