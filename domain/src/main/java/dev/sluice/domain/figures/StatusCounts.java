package dev.sluice.domain.figures;

import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.EventStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// The number of events and deliveries by status.
///
/// @param events events by status; a status without events may be absent
/// @param deliveries deliveries by status; a status without deliveries may be absent
/// @param oldestWaiting since when the delivery that waits longest for a worker has been due;
///   [Instant#MAX] when none is waiting
public record StatusCounts(
    Map<EventStatus, Long> events, Map<DeliveryStatus, Long> deliveries, Instant oldestWaiting) {

  public StatusCounts {
    events = Map.copyOf(events);
    deliveries = Map.copyOf(deliveries);
  }

  /// Returns the number of events in this status.
  public long of(EventStatus status) {
    return events.getOrDefault(status, 0L);
  }

  /// Returns the number of deliveries in this status.
  public long of(DeliveryStatus status) {
    return deliveries.getOrDefault(status, 0L);
  }

  /// Returns whether any event has more than one delivery.
  public boolean hasEventsWithSeveralDeliveries() {
    return sum(deliveries) > sum(events) - of(EventStatus.UNROUTED);
  }

  private static long sum(Map<?, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /// Returns the number of deliveries that are not finished.
  public long backlog() {
    return of(DeliveryStatus.RECEIVED)
        + of(DeliveryStatus.PROCESSING)
        + of(DeliveryStatus.RETRYING);
  }

  /// Returns how long the delivery that waits longest for a worker has been due; empty when none is
  /// waiting.
  public Optional<Duration> oldestWaitingAge(Instant now) {
    if (!oldestWaiting.isBefore(now)) {
      return oldestWaiting.equals(Instant.MAX) ? Optional.empty() : Optional.of(Duration.ZERO);
    }
    return Optional.of(Duration.between(oldestWaiting, now));
  }
}
