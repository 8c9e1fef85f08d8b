package dev.sluice.adapter.memory;

import dev.sluice.domain.delivery.DeliveryState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The deliveries that wait or are in flight. New ones stand in line, retries lie sorted by the
/// time they are due; a claim takes whichever has waited longer.
final class WorkQueue {

  private static final Comparator<StoredDelivery> BY_DUE_TIME =
      Comparator.comparing(WorkQueue::dueAt)
          .thenComparingLong(delivery -> delivery.event.sequence)
          .thenComparing(delivery -> delivery.subscription.value());

  private final Chain<StoredDelivery> received = new Chain<>();
  private final TreeSet<StoredDelivery> retrying = new TreeSet<>(BY_DUE_TIME);
  private final Chain<StoredDelivery> inFlight = new Chain<>();

  /// Takes the delivery in as its state demands.
  void enter(StoredDelivery delivery) {
    switch (delivery.state) {
      case DeliveryState.Received _ -> received.addLast(delivery);
      case DeliveryState.Retrying _ -> retrying.add(delivery);
      case DeliveryState.Processing _ -> inFlight.addLast(delivery);
      case DeliveryState.Finished _ -> {
        // Nothing to wait for.
      }
    }
  }

  /// Takes a delivery in that was handed back: it has waited before, so it goes to the front.
  void reenter(StoredDelivery delivery) {
    received.addFirst(delivery);
  }

  /// Lets the delivery go; its state must still be the one it entered with.
  void leave(StoredDelivery delivery) {
    switch (delivery.state) {
      case DeliveryState.Received _ -> received.remove(delivery);
      case DeliveryState.Retrying _ -> retrying.remove(delivery);
      case DeliveryState.Processing _ -> inFlight.remove(delivery);
      case DeliveryState.Finished _ -> {
        // It waited for nothing.
      }
    }
  }

  /// The due delivery that has waited longest; it stays where it is.
  @Nullable StoredDelivery nextDue(Instant now) {
    StoredDelivery oldest = received.first();
    StoredDelivery retry = retrying.isEmpty() ? null : retrying.first();
    if (retry == null || dueAt(retry).isAfter(now)) {
      return oldest;
    }
    return oldest == null || dueAt(retry).isBefore(dueAt(oldest)) ? retry : oldest;
  }

  /// Since when the longest waiting delivery has been due; [Instant#MAX] when none is.
  Instant oldestDue(Instant now) {
    StoredDelivery next = nextDue(now);
    return next == null ? Instant.MAX : dueAt(next);
  }

  /// How long until a delivery is due; 0 when one is.
  long nanosUntilDue(Instant now) {
    if (nextDue(now) != null) {
      return 0;
    }
    if (retrying.isEmpty()) {
      return Long.MAX_VALUE;
    }
    Duration wait = Duration.between(now, dueAt(retrying.first()));
    return wait.compareTo(Duration.ofDays(1)) < 0 ? wait.toNanos() : Long.MAX_VALUE;
  }

  List<StoredDelivery> inFlight() {
    return inFlight.toList();
  }

  private static Instant dueAt(StoredDelivery delivery) {
    if (delivery.state instanceof DeliveryState.Waiting waiting) {
      return waiting.dueAt();
    }
    throw new IllegalStateException(
        "a delivery in state " + delivery.state.status() + " waits for nothing");
  }
}
