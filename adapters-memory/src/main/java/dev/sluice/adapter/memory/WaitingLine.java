package dev.sluice.adapter.memory;

import dev.sluice.domain.delivery.AttemptCount;
import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.figures.DueCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Waiting deliveries of one subscription and priority, ordered by due time. Those that were due
/// when they entered are in a list; retries and others that are due later are sorted; a claim takes
/// the delivery that has waited longer.
final class WaitingLine {

  static final Comparator<StoredDelivery> BY_DUE_TIME =
      Comparator.comparing(WaitingLine::dueAt)
          .thenComparingLong(delivery -> delivery.event.sequence);

  private final IntrusiveList<StoredDelivery> received = new IntrusiveList<>();
  private final TreeSet<StoredDelivery> later = new TreeSet<>(BY_DUE_TIME);

  /// Returns whether a new delivery waits, or one that was handed back.
  boolean hasReceived() {
    return received.first() != null;
  }

  void add(StoredDelivery delivery) {
    if (isLater(delivery)) {
      later.add(delivery);
    } else {
      received.addLast(delivery);
    }
  }

  /// Adds a delivery that was handed back: it has waited before, so it goes to the front.
  void addFirst(StoredDelivery delivery) {
    received.addFirst(delivery);
  }

  /// Removes a delivery; its state must still be the one with which it was added.
  void remove(StoredDelivery delivery) {
    if (isLater(delivery)) {
      later.remove(delivery);
    } else {
      received.remove(delivery);
    }
  }

  private static boolean isLater(StoredDelivery delivery) {
    return delivery.state() instanceof DeliveryState.Retrying
        || (delivery.state() instanceof DeliveryState.Received one && one.isDelayed());
  }

  /// Adds up to `limit` deliveries to a list.
  void addTo(List<StoredDelivery> waiting, int limit) {
    int added = received.countWhile(waiting::add, limit);
    later.stream().limit(limit - added).forEach(waiting::add);
  }

  /// Returns the number of deliveries that are due before `dueAt`, up to `limit`.
  int countDueBefore(Instant dueAt, int limit) {
    int count = received.countWhile(delivery -> dueAt(delivery).isBefore(dueAt), limit);
    for (StoredDelivery delivery : later) {
      if (count == limit || !dueAt(delivery).isBefore(dueAt)) {
        return count;
      }
      count++;
    }
    return count;
  }

  /// Returns the due delivery that has waited longest, without removing it. Among those that are
  /// due at the same time, one that had to wait for that time, such as a retry, comes last.
  @Nullable StoredDelivery nextDue(Instant now) {
    StoredDelivery oldest = received.first();
    StoredDelivery other = later.isEmpty() ? null : later.first();
    if (other == null || dueAt(other).isAfter(now)) {
      return oldest;
    }
    return oldest == null || dueAt(other).isBefore(dueAt(oldest)) ? other : oldest;
  }

  /// Returns when the first delivery is due; [Instant#MAX] when none waits.
  Instant nextDueAt() {
    // A new one is due whatever the clock says.
    return hasReceived() ? Instant.MIN : later.isEmpty() ? Instant.MAX : dueAt(later.first());
  }

  /// Counts what becomes due soon.
  void addDue(DueCounts.Builder counts) {
    addDue(later, counts);
  }

  /// Does the same for deliveries that are sorted by due time. Those that are due already are
  /// skipped at no cost, however many there are.
  static void addDue(NavigableSet<StoredDelivery> deliveries, DueCounts.Builder counts) {
    if (deliveries.isEmpty()) {
      return;
    }
    Instant until = counts.until();
    long left = counts.left();
    for (StoredDelivery delivery : deliveries.tailSet(before(counts.from(), deliveries.first()))) {
      if (left == 0 || !dueAt(delivery).isBefore(until)) {
        return;
      }
      counts.add(dueAt(delivery));
      left--;
    }
  }

  /// Returns what stands before all deliveries that are due from a time on. It is in no line.
  private static StoredDelivery before(Instant time, StoredDelivery any) {
    Instant earlier = time.minusNanos(1);
    return new StoredDelivery(
        any.event,
        any.subscription,
        new DeliveryState.Received(AttemptCount.NONE, earlier, earlier));
  }

  /// Adjusts due times after the clock was set back, see [SubscriptionQueue#followClock].
  void followClock(Duration setBack, Instant now) {
    followClock(later, setBack, now);
  }

  /// Does the same for deliveries that are sorted by due time.
  static void followClock(NavigableSet<StoredDelivery> deliveries, Duration setBack, Instant now) {
    var late = new ArrayList<StoredDelivery>();
    for (StoredDelivery delivery : deliveries.descendingSet()) {
      if (!dueAt(delivery).isAfter(now)) {
        break;
      }
      switch (delivery.state()) {
        case DeliveryState.Retrying _ -> late.add(delivery);
        case DeliveryState.Received scheduled when scheduled.enteredAt().isAfter(now) ->
            delivery.become(
                new DeliveryState.Received(scheduled.attempts(), now, scheduled.dueAt()));
        default -> {
          // Its times stay.
        }
      }
    }
    for (StoredDelivery delivery : late) {
      deliveries.remove(delivery);
      delivery.become(moved(delivery.state(), setBack, now));
      deliveries.add(delivery);
    }
  }

  private static DeliveryState moved(DeliveryState state, Duration setBack, Instant now) {
    if (!(state instanceof DeliveryState.Retrying retry)) {
      return state;
    }
    Instant dueAt = retry.dueAt().minus(setBack);
    return new DeliveryState.Retrying(
        retry.attempts(),
        retry.enteredAt().minus(setBack),
        dueAt.isBefore(now) ? now : dueAt,
        retry.lastFailure());
  }

  static Instant dueAt(StoredDelivery delivery) {
    if (delivery.state() instanceof DeliveryState.Waiting waiting) {
      return waiting.dueAt();
    }
    throw new IllegalStateException(
        "a delivery in state " + delivery.state().status() + " has no due time");
  }
}
