package dev.sluice.admin.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An attempt to send an event to the receiver of a webhook subscription.
///
/// @param number counts the attempts of the delivery, from 1
/// @param outcome as in [EventDetail.Attempt]
/// @param response null while the attempt runs, and if no request was sent
public record SubscriptionAttempt(
    String eventId,
    @Nullable String eventType,
    int number,
    @Nullable String worker,
    Instant startedAt,
    String outcome,
    @Nullable Instant endedAt,
    @Nullable Long durationMs,
    @Nullable Failure error,
    @Nullable Response response) {

  public SubscriptionAttempt {
    Required.members("attempt", eventId, startedAt, outcome);
  }

  /// Whether another record is about the same attempt, perhaps at another time.
  public boolean isSameAs(SubscriptionAttempt other) {
    return eventId.equals(other.eventId) && number == other.number;
  }
}
