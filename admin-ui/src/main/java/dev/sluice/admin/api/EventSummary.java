package dev.sluice.admin.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An event as lists return it, without its payload.
///
/// @param attempts attempts so far, summed over all deliveries
/// @param nextAttemptAt time of the next attempt; null when none is scheduled
/// @param completedAt time at which the last delivery was processed
/// @param lastError failure of the newest failed attempt
public record EventSummary(
    String eventId,
    String eventType,
    Instant occurredAt,
    Instant receivedAt,
    Status status,
    int attempts,
    @Nullable String source,
    @Nullable String subject,
    @Nullable String key,
    @Nullable String replayOf,
    @Nullable Instant nextAttemptAt,
    @Nullable Instant completedAt,
    @Nullable Failure lastError) {

  public EventSummary {
    Required.members("eventsummary", eventId, eventType, occurredAt, receivedAt, status);
  }
}
