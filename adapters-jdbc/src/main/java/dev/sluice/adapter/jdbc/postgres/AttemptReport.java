package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.DueTime;
import dev.sluice.adapter.jdbc.EpochNanos;
import dev.sluice.domain.delivery.ErrorFingerprint;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.Lease;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.Settlement;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Instant;
import java.util.Optional;

/// What PostgreSQL is told of an attempt that is over.
///
/// @param number of the event
/// @param subscription for which it was made
/// @param attempt which attempt of the delivery
/// @param lease of the claim, which names it together with the attempt
/// @param resolution what becomes of the delivery
record AttemptReport(
    long number, SubscriptionName subscription, int attempt, Lease lease, Resolution resolution) {

  static AttemptReport of(Settlement settlement) {
    Claim claim = settlement.claim();
    return new AttemptReport(
        claim.number(),
        claim.subscription(),
        claim.attempt(),
        claim.lease(),
        settlement.resolution());
  }

  int what() {
    return switch (resolution) {
      case Resolution.Complete _ -> 0;
      case Resolution.Retry _ -> 1;
      case Resolution.DeadLetter _ -> 2;
      case Resolution.HandBack _ -> 3;
    };
  }

  Optional<FailureCause> failure() {
    return switch (resolution) {
      case Resolution.Retry retry -> Optional.of(retry.cause());
      case Resolution.DeadLetter dead -> Optional.of(dead.cause());
      case Resolution.Complete _, Resolution.HandBack _ -> Optional.empty();
    };
  }

  /// Of a dead letter; of no meaning for others.
  long fingerprint() {
    return resolution instanceof Resolution.DeadLetter dead
        ? ErrorFingerprint.of(subscription, dead.cause()).value()
        : 0;
  }

  /// In nanoseconds from now, so that the clocks of node and database need not agree.
  long waitFrom(Instant now) {
    return resolution instanceof Resolution.Retry retry
        ? Math.clamp(EpochNanos.between(now, retry.dueAt()), 0, DueTime.PARKED)
        : 0;
  }
}
