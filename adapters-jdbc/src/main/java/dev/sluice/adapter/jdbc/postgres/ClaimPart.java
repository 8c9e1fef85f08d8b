package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.domain.subscription.SubscriptionName;

/// A part of a claim: up to `max` deliveries of one subscription.
///
/// @param earliest deliveries are searched that are due since then
/// @param arrivals see [WorkTurns#arrivals]
record ClaimPart(SubscriptionName subscription, int max, long earliest, long arrivals) {

  ClaimPart plus(ClaimPart more) {
    return upTo(max + more.max);
  }

  /// Returns the same part with another maximum.
  ClaimPart upTo(int other) {
    return new ClaimPart(subscription, other, earliest, arrivals);
  }
}
