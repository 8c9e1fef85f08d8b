package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.DueTime;
import dev.sluice.adapter.jdbc.EpochNanos;
import dev.sluice.domain.delivery.ErrorFingerprint;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.Lease;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.Response;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.Settlement;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Instant;
import java.util.Optional;

/// An ended attempt, as it is sent to PostgreSQL.
///
/// @param sequence sequence of the event
/// @param subscription of the delivery
/// @param attempt number of the attempt
/// @param lease of the claim, which identifies it together with the attempt
/// @param resolution what becomes of the delivery
/// @param subscriptionVersion as in [Settlement#subscriptionVersion]
/// @param response as in [Settlement#response]
record AttemptReport(
    long sequence,
    SubscriptionName subscription,
    int attempt,
    Lease lease,
    Resolution resolution,
    long subscriptionVersion,
    Optional<Response> response) {

  static AttemptReport of(Settlement settlement) {
    Claim claim = settlement.claim();
    return new AttemptReport(
        claim.sequence(),
        claim.subscription(),
        claim.attempt(),
        claim.lease(),
        settlement.resolution(),
        settlement.subscriptionVersion(),
        settlement.response());
  }

  int what() {
    return switch (resolution) {
      case Resolution.Complete _ -> 0;
      case Resolution.Retry _ -> 1;
      case Resolution.DeadLetter _ -> 2;
      case Resolution.HandBack _ -> 3;
      case Resolution.Expire _ -> 4;
    };
  }

  Optional<FailureCause> failure() {
    return switch (resolution) {
      case Resolution.Retry retry -> Optional.of(retry.cause());
      case Resolution.DeadLetter dead -> Optional.of(dead.cause());
      case Resolution.Complete _, Resolution.HandBack _, Resolution.Expire _ -> Optional.empty();
    };
  }

  /// Returns the fingerprint of a dead letter; without meaning for others.
  long fingerprint() {
    return resolution instanceof Resolution.DeadLetter dead
        ? ErrorFingerprint.of(subscription, dead.cause()).value()
        : 0;
  }

  /// Returns the nanoseconds until the retry, so that the clocks of node and database need not
  /// agree.
  long waitFrom(Instant now) {
    return resolution instanceof Resolution.Retry retry
        ? Math.clamp(EpochNanos.between(now, retry.dueAt()), 0, DueTime.PARKED)
        : 0;
  }
}
