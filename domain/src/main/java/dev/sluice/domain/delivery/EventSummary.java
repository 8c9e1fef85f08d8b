package dev.sluice.domain.delivery;

import dev.sluice.domain.event.Event;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// An event and where its deliveries stand, as they stood when it was read.
///
/// @param event the event
/// @param deliveries one per subscription; none when nobody subscribes
public record EventSummary(Event event, List<DeliverySnapshot> deliveries) {

  public EventSummary {
    deliveries = List.copyOf(deliveries);
  }

  /// What the states of the deliveries come to.
  public EventStatus status() {
    return deliveries.size() == 1
        ? EventStatus.of(deliveries.getFirst().state().status())
        : EventStatus.of(deliveries.stream().map(delivery -> delivery.state().status()).toList());
  }

  /// Attempts ever started, over all deliveries.
  public int attempts() {
    return deliveries.stream().mapToInt(delivery -> delivery.state().attempts().started()).sum();
  }

  /// When the next retry is due, while one is waited for.
  public Optional<Instant> nextAttemptAt() {
    return deliveries.stream()
        .map(DeliverySnapshot::state)
        .filter(DeliveryState.Retrying.class::isInstance)
        .map(state -> ((DeliveryState.Retrying) state).dueAt())
        .min(Comparator.naturalOrder());
  }

  /// When the last delivery was processed, once all is done.
  public Optional<Instant> completedAt() {
    return status() == EventStatus.COMPLETED ? lastCompletion() : Optional.empty();
  }

  /// The failure that a waiting or dead delivery last met.
  public Optional<FailureCause> lastError() {
    return deliveries.stream()
        .flatMap(delivery -> lastFailure(delivery.state()).stream())
        .findFirst();
  }

  private Optional<Instant> lastCompletion() {
    return deliveries.stream()
        .map(DeliverySnapshot::state)
        .filter(DeliveryState.Completed.class::isInstance)
        .map(state -> ((DeliveryState.Completed) state).finishedAt())
        .max(Comparator.naturalOrder());
  }

  private static Optional<FailureCause> lastFailure(DeliveryState state) {
    return switch (state) {
      case DeliveryState.Retrying retrying -> Optional.of(retrying.lastFailure());
      case DeliveryState.Failed failed -> Optional.of(failed.cause());
      case DeliveryState.Processing processing -> lastFailure(processing.before());
      case DeliveryState.Received _, DeliveryState.Completed _, DeliveryState.Cancelled _ ->
          Optional.empty();
    };
  }
}
