package dev.sluice.admin.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An event with its payload and history.
///
/// @param payload JSON text exactly as it was sent; null when the key may not see payloads
/// @param raw complete response body
public record EventDetail(History history, @Nullable String payload, String raw) {

  /// The parsed members of the response.
  ///
  /// @param deliverAt the time before which no delivery begins, if its producer or an operator set
  ///   one
  /// @param expiresAt the time after which no attempt begins, if its producer set one
  /// @param priority 0 to 9; null for the default
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
      @Nullable Instant deliverAt,
      @Nullable Instant expiresAt,
      @Nullable Integer priority,
      @Nullable String replayOf,
      @Nullable Boolean payloadHidden,
      @Nullable Map<String, String> extensions,
      @Nullable Instant nextAttemptAt,
      @Nullable Instant completedAt,
      @Nullable Failure lastError,
      List<Delivery> deliveries) {

    public History {
      Required.members("event", eventId, eventType, occurredAt, receivedAt, status, deliveries);
    }
  }

  /// The delivery of the event to one subscription.
  public record Delivery(
      String subscription,
      Status status,
      @Nullable Instant nextAttemptAt,
      @Nullable Instant leaseExpiresAt,
      @Nullable Instant finishedAt,
      List<Attempt> attempts) {

    public Delivery {
      Required.members("delivery", subscription, status, attempts);
    }
  }

  /// One attempt to process a delivery.
  ///
  /// @param subscriptionVersion the version of the subscription under which it was made, if known
  /// @param outcome `running`, `succeeded`, `failed`, `timed_out`, `abandoned` or `handed_back`
  /// @param response what the receiver of a webhook sent; null if none was asked
  public record Attempt(
      int number,
      String worker,
      Instant startedAt,
      @Nullable Long subscriptionVersion,
      String outcome,
      @Nullable Instant endedAt,
      @Nullable Long durationMs,
      @Nullable Failure error,
      @Nullable Response response) {

    public Attempt {
      Required.members("attempt", worker, startedAt, outcome);
    }
  }

  /// Returns the row that lists show for this event.
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
