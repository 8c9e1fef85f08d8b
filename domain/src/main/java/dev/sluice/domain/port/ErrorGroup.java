package dev.sluice.domain.port;

import dev.sluice.domain.delivery.ErrorFingerprint;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Instant;

/// Dead letters that failed in the same way.
///
/// @param fingerprint names the way
/// @param subscription whose deliveries they are
/// @param cause why the newest of them failed
/// @param count how many there are
/// @param firstSeen when the first of them died
/// @param lastSeen when the last of them died
/// @param sample the event that was stored last among them
/// @param recent how many died since [Trend#recentFrom]
/// @param earlier how many died in the time before, since [Trend#earlierFrom]
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

  /// Two spans of time whose numbers are compared.
  ///
  /// @param earlierFrom when the earlier one begins
  /// @param recentFrom when the earlier one ends and the recent one begins
  public record Trend(Instant earlierFrom, Instant recentFrom) {}
}
