package dev.sluice.adapter.memory;

import dev.sluice.domain.claim.PriorityOrder;
import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.event.Priority;
import dev.sluice.domain.figures.DueCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The deliveries of one subscription that wait for a worker, and counts of all its deliveries.
/// There is a line for each priority, and claims compare the first delivery of each.
// The array that ordinals index lives no longer than the process.
@SuppressWarnings("EnumOrdinal")
final class SubscriptionQueue {

  private final PriorityOrder order;
  private final WaitingLine regular = new WaitingLine();

  /// The lines of all other priorities that have been used.
  private final SortedMap<Priority, WaitingLine> others = new TreeMap<>();

  /// Those that wait for their turn in a lane, in any order.
  private final IntrusiveList<StoredDelivery> behind = new IntrusiveList<>();

  /// Retries after an attempt that was abandoned.
  private final TreeSet<StoredDelivery> abandoned = new TreeSet<>(WaitingLine.BY_DUE_TIME);

  /// Its newest attempts that have a response.
  final RecentResponses responses = new RecentResponses();

  /// All its stored deliveries by status, in progress and finished ones included.
  private final long[] byStatus = new long[DeliveryStatus.values().length];

  SubscriptionQueue(PriorityOrder order) {
    this.order = order;
  }

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
    if (regular.hasReceived()) {
      return true;
    }
    for (WaitingLine line : others.values()) {
      if (line.hasReceived()) {
        return true;
      }
    }
    return false;
  }

  private WaitingLine lineOf(StoredDelivery delivery) {
    Priority priority = delivery.priority;
    return priority.isDefault()
        ? regular
        : others.computeIfAbsent(priority, _ -> new WaitingLine());
  }

  private Stream<WaitingLine> lines() {
    return Stream.concat(Stream.of(regular), others.values().stream());
  }

  /// Adds a waiting delivery.
  void enter(StoredDelivery delivery) {
    if (delivery.isBehind) {
      behind.addLast(delivery);
    } else if (isAbandoned(delivery)) {
      abandoned.add(delivery);
    } else {
      lineOf(delivery).add(delivery);
    }
  }

  private static boolean isAbandoned(StoredDelivery delivery) {
    return delivery.state() instanceof DeliveryState.Waiting waiting
        && WorkQueue.isAbandoned(waiting);
  }

  /// Adds a delivery that was handed back: it has waited before, so it goes to the front.
  void reenter(StoredDelivery delivery) {
    lineOf(delivery).addFirst(delivery);
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
    } else if (isAbandoned(delivery)) {
      abandoned.remove(delivery);
    } else {
      lineOf(delivery).remove(delivery);
    }
  }

  /// Returns deliveries, in any order.
  List<StoredDelivery> waiting(int limit) {
    var waiting = new ArrayList<StoredDelivery>();
    lines().forEach(line -> line.addTo(waiting, limit - waiting.size()));
    abandoned.stream().limit(limit - waiting.size()).forEach(waiting::add);
    int _ = behind.countWhile(waiting::add, limit - waiting.size());
    return waiting;
  }

  /// Returns the number of deliveries that are due before `dueAt`, up to `limit`.
  int countDueBefore(Instant dueAt, int limit) {
    return Math.min(limit, lines().mapToInt(line -> line.countDueBefore(dueAt, limit)).sum());
  }

  /// Returns the number of due deliveries that come before one of this priority that is due at
  /// `dueAt`, up to `limit`.
  ///
  /// @param now the time; later ones are not due
  int countAhead(Priority priority, Instant dueAt, Instant now, int limit) {
    int count =
        regular.countDueBefore(
            earlier(now, order.sameRank(Priority.DEFAULT, priority, dueAt)), limit);
    for (var other : others.entrySet()) {
      Instant before = earlier(now, order.sameRank(other.getKey(), priority, dueAt));
      count += other.getValue().countDueBefore(before, limit);
    }
    return Math.min(limit, count);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /// Returns the due delivery whose turn is next, without removing it.
  @Nullable StoredDelivery nextDue(Instant now) {
    StoredDelivery next = regular.nextDue(now);
    if (others.isEmpty()) {
      return next;
    }
    for (WaitingLine line : others.values()) {
      StoredDelivery other = line.nextDue(now);
      if (other != null && (next == null || isBefore(other, next))) {
        next = other;
      }
    }
    return next;
  }

  private boolean isBefore(StoredDelivery one, StoredDelivery other) {
    return order.compare(
            one.priority, WaitingLine.dueAt(one), other.priority, WaitingLine.dueAt(other))
        < 0;
  }

  /// Returns the due delivery that has waited longest among those whose last attempt was abandoned.
  @Nullable StoredDelivery nextDueAbandoned(Instant now) {
    StoredDelivery first = abandoned.isEmpty() ? null : abandoned.first();
    return first == null || WaitingLine.dueAt(first).isAfter(now) ? null : first;
  }

  /// Returns when the first delivery is due that was not abandoned; [Instant#MAX] when none waits.
  Instant nextDueAt() {
    return lines().map(WaitingLine::nextDueAt).min(Comparator.naturalOrder()).orElseThrow();
  }

  /// Returns when the first delivery is due whose last attempt was abandoned; [Instant#MAX] when
  /// none waits.
  Instant nextAbandonedAt() {
    return abandoned.isEmpty() ? Instant.MAX : WaitingLine.dueAt(abandoned.first());
  }

  /// Returns since when the longest waiting delivery has been due; [Instant#MAX] when none is due.
  Instant oldestDue(Instant now) {
    return Stream.concat(lines().map(line -> line.nextDue(now)), Stream.of(nextDueAbandoned(now)))
        .filter(Objects::nonNull)
        .map(WaitingLine::dueAt)
        .min(Comparator.naturalOrder())
        .orElse(Instant.MAX);
  }

  /// Counts what becomes due soon.
  void addDue(DueCounts.Builder counts) {
    lines().forEach(line -> line.addDue(counts));
    WaitingLine.addDue(abandoned, counts);
  }

  /// Adjusts due times after the clock was set back: retries wait as long as before, and not until
  /// their time comes again. The time of a scheduled delivery is one of the clock, so it stays.
  void followClock(Duration setBack, Instant now) {
    lines().forEach(line -> line.followClock(setBack, now));
    WaitingLine.followClock(abandoned, setBack, now);
  }
}
