package dev.sluice.adapter.memory;

import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.delivery.DeliveryStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The deliveries of one subscription that wait for a worker, and counts of all its deliveries.
/// Those that were due when they entered are in a list; retries and others that are due later are
/// sorted by due time; a claim takes the delivery that has waited longer.
// The array that ordinals index lives no longer than the process.
@SuppressWarnings("EnumOrdinal")
final class SubscriptionQueue {

  private static final Comparator<StoredDelivery> BY_DUE_TIME =
      Comparator.comparing(SubscriptionQueue::dueAt)
          .thenComparingLong(delivery -> delivery.event.sequence);

  private final IntrusiveList<StoredDelivery> received = new IntrusiveList<>();
  private final TreeSet<StoredDelivery> later = new TreeSet<>(BY_DUE_TIME);

  /// Those that wait for their turn in a lane, in any order.
  private final IntrusiveList<StoredDelivery> behind = new IntrusiveList<>();

  /// Retries after an attempt that was abandoned.
  private final TreeSet<StoredDelivery> abandoned = new TreeSet<>(BY_DUE_TIME);

  /// Its newest attempts that have a response.
  final RecentResponses responses = new RecentResponses();

  /// All its stored deliveries by status, in progress and finished ones included.
  private final long[] byStatus = new long[DeliveryStatus.values().length];

  /// Counts a delivery that is stored with this status.
  void stored(DeliveryStatus status) {
    byStatus[status.ordinal()]++;
  }

  /// Counts a delivery that changes its status.
  void moved(DeliveryStatus before, DeliveryStatus after) {
    byStatus[before.ordinal()]--;
    byStatus[after.ordinal()]++;
  }

  /// Counts a delivery with this status that is deleted.
  void deleted(DeliveryStatus status) {
    byStatus[status.ordinal()]--;
  }

  /// Returns the number of stored deliveries with a status.
  long count(DeliveryStatus status) {
    return byStatus[status.ordinal()];
  }

  /// Returns whether no delivery of the subscription is stored.
  boolean isUnused() {
    for (long count : byStatus) {
      if (count > 0) {
        return false;
      }
    }
    return true;
  }

  /// Returns whether a new delivery waits, or one that was handed back.
  boolean hasReceived() {
    return received.first() != null;
  }

  /// Adds a waiting delivery.
  void enter(StoredDelivery delivery) {
    if (delivery.isBehind) {
      behind.addLast(delivery);
      return;
    }
    NavigableSet<StoredDelivery> sorted = sortedFor(delivery.state());
    if (sorted == null) {
      received.addLast(delivery);
    } else {
      sorted.add(delivery);
    }
  }

  /// Adds a delivery that was handed back: it has waited before, so it goes to the front.
  void reenter(StoredDelivery delivery) {
    received.addFirst(delivery);
  }

  /// Moves a delivery that waited for its turn to those that can be claimed.
  void moveUp(StoredDelivery delivery) {
    behind.remove(delivery);
    enter(delivery);
  }

  /// Removes a delivery; its state must still be the one with which it was added.
  void leave(StoredDelivery delivery) {
    if (delivery.isBehind) {
      behind.remove(delivery);
      return;
    }
    NavigableSet<StoredDelivery> sorted = sortedFor(delivery.state());
    if (sorted == null) {
      received.remove(delivery);
    } else {
      sorted.remove(delivery);
    }
  }

  /// Returns where a delivery in this state waits; null for the list.
  private @Nullable NavigableSet<StoredDelivery> sortedFor(DeliveryState state) {
    if (state instanceof DeliveryState.Retrying retry) {
      return retry.lastFailure().isAbandonment() ? abandoned : later;
    }
    return state instanceof DeliveryState.Received scheduled && scheduled.isDelayed()
        ? later
        : null;
  }

  /// Returns deliveries, in any order.
  List<StoredDelivery> waiting(int limit) {
    var waiting = new ArrayList<StoredDelivery>();
    int _ = received.countWhile(waiting::add, limit);
    Stream.concat(later.stream(), abandoned.stream())
        .limit(limit - waiting.size())
        .forEach(waiting::add);
    int _ = behind.countWhile(waiting::add, limit - waiting.size());
    return waiting;
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

  /// Returns the due delivery that has waited longest among those whose last attempt was abandoned.
  @Nullable StoredDelivery nextDueAbandoned(Instant now) {
    StoredDelivery first = abandoned.isEmpty() ? null : abandoned.first();
    return first == null || dueAt(first).isAfter(now) ? null : first;
  }

  /// Returns when the first delivery is due that was not abandoned; [Instant#MAX] when none waits.
  Instant nextDueAt() {
    // A new one is due whatever the clock says.
    return received.first() != null
        ? Instant.MIN
        : later.isEmpty() ? Instant.MAX : dueAt(later.first());
  }

  /// Returns when the first delivery is due whose last attempt was abandoned; [Instant#MAX] when
  /// none waits.
  Instant nextAbandonedAt() {
    return abandoned.isEmpty() ? Instant.MAX : dueAt(abandoned.first());
  }

  /// Returns since when the longest waiting delivery has been due; [Instant#MAX] when none is due.
  Instant oldestDue(Instant now) {
    StoredDelivery next = nextDue(now);
    StoredDelivery other = nextDueAbandoned(now);
    Instant oldest = next == null ? Instant.MAX : dueAt(next);
    return other != null && dueAt(other).isBefore(oldest) ? dueAt(other) : oldest;
  }

  /// Adjusts due times after the clock was set back: retries wait as long as before, and not until
  /// their time comes again. The time of a scheduled delivery is one of the clock, so it stays.
  void followClock(Duration setBack, Instant now) {
    followClock(later, setBack, now);
    followClock(abandoned, setBack, now);
  }

  private static void followClock(
      NavigableSet<StoredDelivery> deliveries, Duration setBack, Instant now) {
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
