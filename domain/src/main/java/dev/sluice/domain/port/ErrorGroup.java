package dev.sluice.domain.port;

import dev.sluice.domain.delivery.ErrorFingerprint;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Instant;

/// Dead letters of a subscription that failed in the same way.
///
/// @param fingerprint identifies the way they failed
/// @param subscription the subscription of the deliveries
/// @param cause why the newest of them failed
/// @param count number of dead letters
/// @param firstSeen when the first of them became a dead letter
/// @param lastSeen when the last of them became a dead letter
/// @param sample the event among them that was stored last
/// @param recent number that became dead letters since [Trend#recentFrom]
/// @param earlier number that became dead letters in the time before, since [Trend#earlierFrom]
public record ErrorGroup(
    ErrorFingerprint fingerprint,
    SubscriptionName subscription,
    FailureCause cause,
    long count,
    Instant firstSeen,
    Instant lastSeen,
    EventId sample,
    long recent,
    long earlier) {

  /// Two consecutive spans of time whose counts are compared.
  ///
  /// @param earlierFrom start of the earlier span
  /// @param recentFrom end of the earlier span and start of the recent one
  public record Trend(Instant earlierFrom, Instant recentFrom) {}
}
