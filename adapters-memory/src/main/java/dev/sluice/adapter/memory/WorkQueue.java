package dev.sluice.adapter.memory;

import dev.sluice.domain.claim.ClaimTurns;
import dev.sluice.domain.claim.LeaseCounts;
import dev.sluice.domain.claim.PriorityOrder;
import dev.sluice.domain.claim.Quotas;
import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.event.Priority;
import dev.sluice.domain.figures.CountsBySubscription;
import dev.sluice.domain.figures.DueCounts;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The deliveries of each subscription that wait, those in flight, and the counts of all.
final class WorkQueue {

  /// Queues of subscriptions without stored deliveries are kept up to this number, so that a quiet
  /// subscription does not make a new one for each event.
  private static final int MAX_UNUSED_QUEUES = 1_024;

  private static final Set<DeliveryStatus> COUNTED =
      EnumSet.of(
          DeliveryStatus.RECEIVED,
          DeliveryStatus.RETRYING,
          DeliveryStatus.PROCESSING,
          DeliveryStatus.FAILED);

  private final PriorityOrder order;
  private final Map<SubscriptionName, SubscriptionQueue> queues = new HashMap<>();
  private final ClaimTurns turns = new ClaimTurns();

  /// The same for deliveries whose last attempt was abandoned.
  private final ClaimTurns abandonedTurns = new ClaimTurns();

  private final IntrusiveList<StoredDelivery> inFlight = new IntrusiveList<>();
  private final LeaseCounts leases = new LeaseCounts();

  /// Whether a delivery was released that may let a limited subscription continue.
  private boolean hasRoomAgain;

  WorkQueue(PriorityOrder order) {
    this.order = order;
  }

  /// Adds a delivery that is stored now.
  void add(StoredDelivery delivery) {
    SubscriptionQueue queue =
        queues.computeIfAbsent(delivery.subscription, _ -> new SubscriptionQueue(order));
    queue.stored(delivery.state().status());
    delivery.joins(queue);
    enter(delivery);
  }

  /// Returns the queue of a subscription, if it has any deliveries.
  @Nullable SubscriptionQueue queue(SubscriptionName subscription) {
    return queues.get(subscription);
  }

  /// Forgets a finished delivery that is deleted.
  void delete(StoredDelivery delivery) {
    SubscriptionQueue queue = delivery.queue();
    queue.deleted(delivery.state().status());
    if (queues.size() > MAX_UNUSED_QUEUES && queue.isUnused()) {
      queues.remove(delivery.subscription);
    }
  }

  /// Adds the delivery where its state requires.
  void enter(StoredDelivery delivery) {
    switch (delivery.state()) {
      case DeliveryState.Waiting waiting -> {
        SubscriptionQueue queue = delivery.queue();
        if (delivery.isBehind) {
          queue.enter(delivery);
          return;
        }
        // Behind one that is due, nothing is due earlier.
        boolean isKnown = isDueAtOnce(waiting) && queue.hasReceived();
        queue.enter(delivery);
        if (!isKnown) {
          turnsOf(waiting).workArrived(delivery.subscription, from(waiting));
        }
      }
      case DeliveryState.Processing _ -> {
        inFlight.addLast(delivery);
        leases.leased(delivery.subscription);
      }
      case DeliveryState.Finished _ -> {
        // Nothing is left to do for it.
      }
    }
  }

  /// Adds a delivery that was handed back: it has waited before, so it goes to the front.
  void reenter(StoredDelivery delivery) {
    delivery.queue().reenter(delivery);
    turns.workArrived(delivery.subscription, Instant.MIN);
  }

  /// Adds a delivery whose turn in its lane has come to those that can be claimed.
  void moveUp(StoredDelivery delivery) {
    delivery.queue().moveUp(delivery);
    if (delivery.state() instanceof DeliveryState.Waiting waiting) {
      turnsOf(waiting).workArrived(delivery.subscription, from(waiting));
    }
  }

  private static boolean isDueAtOnce(DeliveryState.Waiting waiting) {
    return waiting instanceof DeliveryState.Received && !waiting.isDelayed();
  }

  /// From when on a delivery may be claimed: one that was due when it entered at once, whatever the
  /// clock says.
  private static Instant from(DeliveryState.Waiting waiting) {
    return isDueAtOnce(waiting) ? Instant.MIN : waiting.dueAt();
  }

  private ClaimTurns turnsOf(DeliveryState.Waiting waiting) {
    return isAbandoned(waiting) ? abandonedTurns : turns;
  }

  static boolean isAbandoned(DeliveryState.Waiting waiting) {
    return waiting instanceof DeliveryState.Retrying retry && retry.lastFailure().isAbandonment();
  }

  /// Removes the delivery; its state must still be the one with which it was added.
  void leave(StoredDelivery delivery) {
    switch (delivery.state()) {
      case DeliveryState.Waiting _ -> delivery.queue().leave(delivery);
      case DeliveryState.Processing _ -> {
        inFlight.remove(delivery);
        hasRoomAgain |= leases.released(delivery.subscription);
      }
      case DeliveryState.Finished _ -> {
        // It is in no list.
      }
    }
  }

  /// Returns whether a claim may find more since a delivery was released; the next call returns
  /// false.
  boolean takeHasRoomAgain() {
    boolean has = hasRoomAgain;
    hasRoomAgain = false;
    return has;
  }

  /// Returns quotas that also respect how many deliveries may be leased.
  Quotas limit(Quotas quotas) {
    return leases.limit(quotas);
  }

  /// The subscriptions that a claim should look at, in turn.
  List<SubscriptionName> due(Instant now, Quotas quotas) {
    return turns.due(now, quotas);
  }

  /// The same for deliveries whose last attempt was abandoned.
  List<SubscriptionName> dueAbandoned(Instant now, Quotas quotas) {
    return abandonedTurns.due(now, quotas);
  }

  /// Returns the due delivery of a subscription whose turn is next, without removing it.
  @Nullable StoredDelivery nextDue(SubscriptionName subscription, Instant now) {
    SubscriptionQueue queue = queues.get(subscription);
    StoredDelivery next = queue == null ? null : queue.nextDue(now);
    if (next == null) {
      turns.noneBefore(subscription, queue == null ? Instant.MAX : queue.nextDueAt());
    }
    return next;
  }

  /// The same for deliveries whose last attempt was abandoned.
  @Nullable StoredDelivery nextDueAbandoned(SubscriptionName subscription, Instant now) {
    SubscriptionQueue queue = queues.get(subscription);
    StoredDelivery next = queue == null ? null : queue.nextDueAbandoned(now);
    if (next == null) {
      abandonedTurns.noneBefore(
          subscription, queue == null ? Instant.MAX : queue.nextAbandonedAt());
    }
    return next;
  }

  /// Records that deliveries of the subscription were claimed.
  void served(SubscriptionName subscription) {
    turns.served(subscription);
    abandonedTurns.served(subscription);
  }

  /// Returns the number of deliveries of a subscription that are due before `dueAt`, up to `limit`.
  int countDueBefore(SubscriptionName subscription, Instant dueAt, int limit) {
    SubscriptionQueue queue = queues.get(subscription);
    return queue == null ? 0 : queue.countDueBefore(dueAt, limit);
  }

  /// Returns the number of due deliveries that come before one of this priority that is due at
  /// `dueAt`, up to `limit`.
  int countAhead(
      SubscriptionName subscription, Priority priority, Instant dueAt, Instant now, int limit) {
    SubscriptionQueue queue = queues.get(subscription);
    return queue == null ? 0 : queue.countAhead(priority, dueAt, now, limit);
  }

  /// Returns waiting deliveries of a subscription, in any order.
  List<StoredDelivery> waiting(SubscriptionName subscription, int limit) {
    SubscriptionQueue queue = queues.get(subscription);
    return queue == null ? List.of() : queue.waiting(limit);
  }

  /// Returns the number of unfinished deliveries of a subscription, up to `limit`.
  int countUnfinished(SubscriptionName subscription, int limit) {
    int waiting = waiting(subscription, limit).size();
    return Math.min(limit, waiting + inFlight(subscription).size());
  }

  /// Returns the deliveries of a subscription that are in progress.
  List<StoredDelivery> inFlight(SubscriptionName subscription) {
    return inFlight.toList().stream()
        .filter(delivery -> delivery.subscription.equals(subscription))
        .toList();
  }

  /// Returns since when the longest waiting delivery has been due; [Instant#MAX] when none is due.
  Instant oldestDue(Instant now) {
    Instant oldest = Instant.MAX;
    for (SubscriptionQueue queue : queues.values()) {
      Instant first = queue.oldestDue(now);
      oldest = first.isBefore(oldest) ? first : oldest;
    }
    return oldest;
  }

  /// Adds the number of deliveries of each subscription by status, but for completed and cancelled
  /// ones, and since when the longest waiting one has been due.
  void addTo(CountsBySubscription.Builder counts, Instant now) {
    queues.forEach(
        (subscription, queue) -> {
          COUNTED.forEach(status -> counts.add(subscription, status, queue.count(status)));
          Instant oldest = queue.oldestDue(now);
          if (oldest.isBefore(Instant.MAX)) {
            counts.waitsSince(subscription, oldest);
          }
        });
  }

  /// Counts what becomes due soon.
  void addDue(DueCounts.Builder counts) {
    queues.values().forEach(queue -> queue.addDue(counts));
  }

  /// Adjusts due times after the clock was set back: retries wait as long as before, and not until
  /// their time comes again.
  void followClock(Duration setBack, Instant now) {
    turns.clear();
    abandonedTurns.clear();
    queues.forEach(
        (name, queue) -> {
          queue.followClock(setBack, now);
          learnTurns(name, queue);
        });
  }

  private void learnTurns(SubscriptionName name, SubscriptionQueue queue) {
    Instant next = queue.nextDueAt();
    if (!next.equals(Instant.MAX)) {
      turns.workArrived(name, next);
    }
    Instant abandoned = queue.nextAbandonedAt();
    if (!abandoned.equals(Instant.MAX)) {
      abandonedTurns.workArrived(name, abandoned);
    }
  }

  /// Returns the time until a claim with these quotas may find something; 0 when it may now.
  long nanosUntilDue(Instant now, Quotas quotas) {
    Duration wait = Duration.between(now, turns.nextDue(now, quotas));
    return wait.compareTo(Duration.ofDays(1)) < 0 ? Math.max(0, wait.toNanos()) : Long.MAX_VALUE;
  }

  List<StoredDelivery> inFlight() {
    return inFlight.toList();
  }
}
