package dev.sluice.domain.port;

import dev.sluice.domain.subscription.SubscriptionName;

/// What a claim may take: a positive list, so that a delivery of a subscription that is paused, at
/// its limit or unknown to the caller is never touched.
///
/// The answers may change between calls; a claim asks once for each subscription that has due
/// deliveries.
public interface Quotas {

  /// Returns the maximum number of deliveries of all subscriptions together, 0 or more.
  int total();

  /// Returns the maximum number of deliveries of this subscription; 0 for one that must not be
  /// claimed.
  int of(SubscriptionName subscription);
}
