package dev.sluice.admin.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An event with all that happened to it.
///
/// @param payload as it was sent, to the letter; null when the key may not see it
/// @param raw the service's whole answer
public record EventDetail(History history, @Nullable String payload, String raw) {

  /// The members of the answer that have a meaning of their own.
  public record History(
      String eventId,
      String eventType,
      Instant occurredAt,
      Instant receivedAt,
      Status status,
      int attempts,
      @Nullable String source,
      @Nullable String subject,
      @Nullable String key,
      @Nullable String traceparent,
      @Nullable String tracestate,
      @Nullable String replayOf,
      @Nullable Boolean payloadHidden,
      @Nullable Map<String, String> extensions,
      @Nullable Instant nextAttemptAt,
      @Nullable Instant completedAt,
      @Nullable Failure lastError,
      List<Delivery> deliveries) {

    /// Checks that all is there.
    public History {
      Required.members("event", eventId, eventType, occurredAt, receivedAt, status, deliveries);
    }
  }

  /// The event on its way through one subscription.
  public record Delivery(
      String subscription,
      Status status,
      @Nullable Instant nextAttemptAt,
      @Nullable Instant leaseExpiresAt,
      @Nullable Instant finishedAt,
      List<Attempt> attempts) {

    /// Checks that all is there.
    public Delivery {
      Required.members("delivery", subscription, status, attempts);
    }
  }

  /// One try of a delivery.
  ///
  /// @param outcome `running`, `succeeded`, `failed`, `timed_out`, `abandoned` or `handed_back`
  public record Attempt(
      int number,
      String worker,
      Instant startedAt,
      String outcome,
      @Nullable Instant endedAt,
      @Nullable Long durationMs,
      @Nullable Failure error) {

    /// Checks that all is there.
    public Attempt {
      Required.members("attempt", worker, startedAt, outcome);
    }
  }

  /// The same as a row of a list.
  public EventSummary summary() {
    return new EventSummary(
        history.eventId,
        history.eventType,
        history.occurredAt,
        history.receivedAt,
        history.status,
        history.attempts,
        history.source,
        history.subject,
        history.key,
        history.replayOf,
        history.nextAttemptAt,
        history.completedAt,
        history.lastError);
  }
}
