package dev.sluice.application.operate;

import dev.sluice.domain.subscription.SubscriptionName;

/// What a series is about.
public sealed interface SeriesScope {

  /// Everything: the series has rates, load and latencies.
  record All() implements SeriesScope {}

  /// Events of one type: the series has rates only.
  ///
  /// @param name name of the type
  record OfType(String name) implements SeriesScope {}

  /// Deliveries of one subscription: the series has rates only.
  ///
  /// @param name name of the subscription
  record OfSubscription(SubscriptionName name) implements SeriesScope {}
}
