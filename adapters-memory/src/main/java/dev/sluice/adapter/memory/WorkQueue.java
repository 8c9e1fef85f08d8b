package dev.sluice.adapter.memory;

import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The deliveries that wait or are in flight. New ones are in a list; retries and unparked
/// deliveries are sorted by due time; a claim takes the delivery that has waited longer. Deliveries
/// that claims came across while their subscription was paused are parked.
final class WorkQueue {

  private static final Comparator<StoredDelivery> BY_DUE_TIME =
      Comparator.comparing(WorkQueue::dueAt)
          .thenComparingLong(delivery -> delivery.event.sequence)
          .thenComparing(delivery -> delivery.subscription.value());

  private final IntrusiveList<StoredDelivery> received = new IntrusiveList<>();
  private final TreeSet<StoredDelivery> sorted = new TreeSet<>(BY_DUE_TIME);

  /// Retries after an attempt that was abandoned.
  private final TreeSet<StoredDelivery> abandoned = new TreeSet<>(BY_DUE_TIME);

  private final IntrusiveList<StoredDelivery> inFlight = new IntrusiveList<>();

  /// Contains no empty set.
  private final Map<SubscriptionName, TreeSet<StoredDelivery>> parked = new HashMap<>();

  /// Adds the delivery where its state requires.
  void enter(StoredDelivery delivery) {
    switch (delivery.state) {
      case DeliveryState.Received _ -> received.addLast(delivery);
      case DeliveryState.Retrying _ -> sortedFor(delivery).add(delivery);
      case DeliveryState.Processing _ -> inFlight.addLast(delivery);
      case DeliveryState.Finished _ -> {
        // Nothing is left to do for it.
      }
    }
  }

  private NavigableSet<StoredDelivery> sortedFor(StoredDelivery delivery) {
    boolean isAbandoned =
        delivery.state instanceof DeliveryState.Retrying retrying
            && retrying.lastFailure().isAbandonment();
    return isAbandoned ? abandoned : sorted;
  }

  /// Adds a delivery that was handed back: it has waited before, so it goes to the front.
  void reenter(StoredDelivery delivery) {
    received.addFirst(delivery);
  }

  /// Removes the delivery; its state must still be the one with which it was added.
  void leave(StoredDelivery delivery) {
    switch (delivery.state) {
      case DeliveryState.Waiting _ -> leaveWaiting(delivery);
      case DeliveryState.Processing _ -> inFlight.remove(delivery);
      case DeliveryState.Finished _ -> {
        // It is in no list.
      }
    }
  }

  private void leaveWaiting(StoredDelivery delivery) {
    if (received.contains(delivery)) {
      received.remove(delivery);
    } else if (!sortedFor(delivery).remove(delivery)) {
      leaveParked(delivery);
    }
  }

  private void leaveParked(StoredDelivery delivery) {
    TreeSet<StoredDelivery> lying = parked.get(delivery.subscription);
    if (lying != null && lying.remove(delivery) && lying.isEmpty()) {
      parked.remove(delivery.subscription);
    }
  }

  /// Parks a waiting delivery, so that claims do not come across it.
  void park(StoredDelivery delivery) {
    leaveWaiting(delivery);
    parked.computeIfAbsent(delivery.subscription, _ -> new TreeSet<>(BY_DUE_TIME)).add(delivery);
  }

  /// Unparks up to `limit` deliveries, except those of some subscriptions.
  ///
  /// @return number of unparked deliveries
  int unpark(Set<SubscriptionName> but, int limit) {
    int unparked = 0;
    for (SubscriptionName subscription : List.copyOf(parked.keySet())) {
      if (!but.contains(subscription)) {
        unparked += unpark(subscription, limit - unparked);
      }
    }
    return unparked;
  }

  private int unpark(SubscriptionName subscription, int limit) {
    int unparked = 0;
    TreeSet<StoredDelivery> lying = parked.get(subscription);
    while (lying != null && unparked < limit && !lying.isEmpty()) {
      StoredDelivery next = lying.removeFirst();
      sortedFor(next).add(next);
      unparked++;
    }
    if (lying != null && lying.isEmpty()) {
      parked.remove(subscription);
    }
    return unparked;
  }

  /// Returns the number of deliveries that are not parked and are due before `dueAt`, up to
  /// `limit`.
  int countDueBefore(Instant dueAt, int limit) {
    int count = received.countWhile(delivery -> dueAt(delivery).isBefore(dueAt), limit);
    for (StoredDelivery delivery : sorted) {
      if (count == limit || !dueAt(delivery).isBefore(dueAt)) {
        return count;
      }
      count++;
    }
    return count;
  }

  /// Returns the due delivery that has waited longest, without removing it.
  @Nullable StoredDelivery nextDue(Instant now) {
    StoredDelivery oldest = received.first();
    StoredDelivery other = sorted.isEmpty() ? null : sorted.first();
    if (other == null || dueAt(other).isAfter(now)) {
      return oldest;
    }
    return oldest == null || isBefore(other, oldest) ? other : oldest;
  }

  /// Returns the due delivery that has waited longest among those whose last attempt was abandoned.
  @Nullable StoredDelivery nextDueAbandoned(Instant now) {
    StoredDelivery first = abandoned.isEmpty() ? null : abandoned.first();
    return first == null || dueAt(first).isAfter(now) ? null : first;
  }

  /// Among deliveries that are due at the same time, a retry comes last, because it has had an
  /// attempt.
  private static boolean isBefore(StoredDelivery sorted, StoredDelivery inLine) {
    boolean isRetry = sorted.state instanceof DeliveryState.Retrying;
    return isRetry
        ? dueAt(sorted).isBefore(dueAt(inLine))
        : BY_DUE_TIME.compare(sorted, inLine) < 0;
  }

  /// Returns since when the longest waiting delivery has been due, including parked ones;
  /// [Instant#MAX] when none is due.
  Instant oldestDue(Instant now) {
    StoredDelivery next = nextDue(now);
    Instant oldest = next == null ? Instant.MAX : dueAt(next);
    StoredDelivery other = nextDueAbandoned(now);
    if (other != null && dueAt(other).isBefore(oldest)) {
      oldest = dueAt(other);
    }
    for (TreeSet<StoredDelivery> lying : parked.values()) {
      Instant first = dueAt(lying.first());
      oldest = first.isBefore(oldest) ? first : oldest;
    }
    return oldest;
  }

  /// Adjusts due times after the clock was set back: deliveries that wait for a future time wait as
  /// long as before, and not until that time comes again.
  void followClock(Duration setBack, Instant now) {
    followClock(sorted, setBack, now);
    followClock(abandoned, setBack, now);
    parked.values().forEach(lying -> followClock(lying, setBack, now));
  }

  private static void followClock(
      NavigableSet<StoredDelivery> deliveries, Duration setBack, Instant now) {
    var late = new ArrayList<StoredDelivery>();
    while (!deliveries.isEmpty() && dueAt(deliveries.last()).isAfter(now)) {
      late.add(deliveries.removeLast());
    }
    for (StoredDelivery delivery : late) {
      Instant dueAt = dueAt(delivery).minus(setBack);
      delivery.state = moved(delivery.state, dueAt.isBefore(now) ? now : dueAt);
      deliveries.add(delivery);
    }
  }

  private static DeliveryState moved(DeliveryState state, Instant dueAt) {
    return switch (state) {
      case DeliveryState.Received received ->
          new DeliveryState.Received(received.attempts(), dueAt);
      case DeliveryState.Retrying retrying ->
          new DeliveryState.Retrying(retrying.attempts(), dueAt, retrying.lastFailure());
      case DeliveryState.Processing _, DeliveryState.Finished _ -> state;
    };
  }

  /// Returns the time until a delivery is due; 0 when one is.
  long nanosUntilDue(Instant now) {
    if (nextDue(now) != null) {
      return 0;
    }
    if (sorted.isEmpty()) {
      return Long.MAX_VALUE;
    }
    Duration wait = Duration.between(now, dueAt(sorted.first()));
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
        "a delivery in state " + delivery.state.status() + " has no due time");
  }
}
