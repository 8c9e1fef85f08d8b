package dev.sluice.admin.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An event as lists tell it, without its payload.
///
/// @param attempts attempts so far, over all deliveries
/// @param nextAttemptAt when it is tried again, while it waits for that
/// @param completedAt when its last delivery was processed
/// @param lastError why the newest failed attempt failed
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

  /// Checks that all is there.
  public EventSummary {
    Required.members("eventsummary", eventId, eventType, occurredAt, receivedAt, status);
  }
}
