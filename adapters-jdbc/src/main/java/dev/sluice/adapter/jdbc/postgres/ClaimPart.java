package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.domain.event.Priority;
import dev.sluice.domain.subscription.SubscriptionName;

/// A part of a claim: up to `max` deliveries of one subscription and priority.
///
/// @param earliest those of the default priority are searched that are due since then
/// @param arrivals see [WorkTurns#arrivals]
record ClaimPart(
    SubscriptionName subscription, int max, Priority priority, long earliest, long arrivals) {

  ClaimPart plus(ClaimPart more) {
    return upTo(max + more.max);
  }

  /// Returns the same part with another maximum.
  ClaimPart upTo(int other) {
    return new ClaimPart(subscription, other, priority, earliest, arrivals);
  }
}
