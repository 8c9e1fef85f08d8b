package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.domain.subscription.SubscriptionName;

/// A part of a claim: up to `max` deliveries of one subscription, due since `earliest` or later.
///
/// @param arrivals see [WorkTurns#arrivals]
record ClaimPart(SubscriptionName subscription, int max, long earliest, long arrivals) {

  ClaimPart plus(ClaimPart more) {
    return new ClaimPart(subscription, max + more.max, earliest, arrivals);
  }
}
