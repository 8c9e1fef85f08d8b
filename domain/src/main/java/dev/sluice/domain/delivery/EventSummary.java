package dev.sluice.domain.delivery;

import dev.sluice.domain.event.Event;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// An event and its deliveries in the states in which they were read.
///
/// @param event the event
/// @param deliveries one per subscription; none when no subscription matches
public record EventSummary(Event event, List<DeliverySnapshot> deliveries) {

  public EventSummary {
    deliveries = List.copyOf(deliveries);
  }

  /// Returns the status that follows from the states of the deliveries.
  public EventStatus status() {
    if (deliveries.size() == 1) {
      return EventStatus.of(deliveries.getFirst().state().status());
    }
    var statuses = EnumSet.noneOf(DeliveryStatus.class);
    for (DeliverySnapshot delivery : deliveries) {
      statuses.add(delivery.state().status());
    }
    return EventStatus.of(statuses);
  }

  /// Returns the number of attempts ever started, over all deliveries.
  public int attempts() {
    return deliveries.stream().mapToInt(delivery -> delivery.state().attempts().started()).sum();
  }

  /// Returns the first of these subscriptions, by name, for which the event has no delivery; empty
  /// when it has one for each.
  public Optional<SubscriptionName> firstWithoutDelivery(Set<SubscriptionName> named) {
    return named.stream()
        .filter(name -> deliveries.stream().noneMatch(one -> one.subscription().equals(name)))
        .min(Comparator.comparing(SubscriptionName::value));
  }

  /// Returns when the earliest retry, or first attempt that was to begin later, is due; empty when
  /// there is none.
  public Optional<Instant> nextAttemptAt() {
    Instant earliest = Instant.MAX;
    for (DeliverySnapshot delivery : deliveries) {
      if (delivery.state() instanceof DeliveryState.Waiting waiting
          && (waiting instanceof DeliveryState.Retrying || waiting.isDelayed())
          && waiting.dueAt().isBefore(earliest)) {
        earliest = waiting.dueAt();
      }
    }
    return earliest.equals(Instant.MAX) ? Optional.empty() : Optional.of(earliest);
  }

  /// Returns when the last delivery was processed; empty unless the event is completed.
  public Optional<Instant> completedAt() {
    return status() == EventStatus.COMPLETED ? lastCompletion() : Optional.empty();
  }

  /// Returns the last failure of a delivery that is a dead letter or is being retried.
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
      case DeliveryState.Received _,
          DeliveryState.Completed _,
          DeliveryState.Cancelled _,
          DeliveryState.Expired _ ->
          Optional.empty();
    };
  }
}
