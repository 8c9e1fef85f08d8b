package dev.sluice.adapter.memory;

import dev.sluice.domain.claim.Quotas;
import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Response;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.figures.CountsBySubscription;
import dev.sluice.domain.figures.StatusCounts;
import dev.sluice.domain.lane.LaneId;
import dev.sluice.domain.lane.LanePlace;
import dev.sluice.domain.port.BackfillChoice;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.subscription.Ordering;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.time.ClockReading;
import dev.sluice.domain.time.TimeLimit;
import dev.sluice.domain.time.TimeSource;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// All data of the storage, with all its indexes. Except for the `locked` methods, the caller must
/// hold the lock.
// The arrays that ordinals index live no longer than the process.
@SuppressWarnings("EnumOrdinal")
final class Ledger {

  private static final System.Logger LOG = System.getLogger(Ledger.class.getName());
  private static final Duration TELL_EVERY = Duration.ofMinutes(1);

  final TimeSource clock;
  final Timeline timeline = new Timeline();
  final PostingsIndex<EventType> byType = new PostingsIndex<>();
  final PostingsIndex<String> byKey = new PostingsIndex<>();
  final WorkQueue work;
  final LaneMoves lanes;
  private final MemorySettings settings;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition workArrived = lock.newCondition();
  private final IdTable byId = new IdTable(new SplittableRandom());
  private final FinishedEvents finished;
  private final long[] deliveryCounts = new long[DeliveryStatus.values().length];
  private long bytes;
  private long forgottenEarly;
  private TimeLimit quiet;
  private ClockReading lastReading;

  Ledger(MemorySettings settings, TimeSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.work = new WorkQueue(settings.order());
    this.lanes = new LaneMoves(work, this::noLongerBlocks);
    this.finished = new FinishedEvents(clock);
    this.quiet = TimeLimit.of(clock, Duration.ZERO);
    this.lastReading = ClockReading.of(clock);
  }

  /// Runs `task` under the lock.
  <T> T locked(Supplier<T> task) {
    lock.lock();
    try {
      return task.get();
    } finally {
      lock.unlock();
    }
  }

  /// Returns when work arrives or becomes due, after `waitNanos`, or spuriously.
  @SuppressWarnings("WaitNotInLoop") // The caller looks for work in a loop.
  void lockedAwaitWork(Quotas quotas, long waitNanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long untilDue = work.nanosUntilDue(dueTime(), quotas);
      if (untilDue > 0) {
        workArrived.await(Math.min(waitNanos, untilDue), TimeUnit.NANOSECONDS);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Ends a wait for work.
  void lockedWakeUp() {
    lock.lock();
    try {
      workArrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Returns the time that decides what is due. Detects that the clock was set back.
  Instant dueTime() {
    ClockReading now = ClockReading.of(clock);
    Duration setBack = lastReading.setBackUntil(now);
    lastReading = now;
    if (setBack.isPositive()) {
      LOG.log(
          Level.WARNING, "the clock was set back by {0}; moved due times back as well", setBack);
      work.followClock(setBack, now.wall());
    }
    return now.wall();
  }

  @Nullable StoredEvent find(EventId id) {
    return byId.get(id);
  }

  /// Stores an event whose id is new.
  ///
  /// @return null when there is no room and none can be made
  @Nullable StoredEvent add(NewEvent newEvent) {
    var stored = new StoredEvent(timeline.nextSequence(), newEvent, clock.instant());
    if (!makeRoom(() -> byId.size() < settings.maxEvents() && hasRoomFor(stored.footprint()))) {
      return null;
    }
    bytes += stored.footprint();
    byId.add(stored);
    timeline.append(stored);
    byType.add(stored.event.type(), stored.sequence);
    stored.event.attributes().key().ifPresent(key -> byKey.add(key, stored.sequence));
    for (StoredDelivery delivery : stored.deliveries()) {
      lanes.join(delivery, newEvent.ordered().get(delivery.subscription));
      add(delivery);
    }
    if (stored.deliveries().length == 0) {
      finished.finished(stored);
    } else {
      workArrived.signal();
    }
    return stored;
  }

  private void add(StoredDelivery delivery) {
    deliveryCounts[delivery.state().status().ordinal()]++;
    work.add(delivery);
  }

  private void delete(StoredDelivery delivery) {
    deliveryCounts[delivery.state().status().ordinal()]--;
    work.delete(delivery);
  }

  /// Adds a delivery to a stored event.
  void enter(StoredEvent stored, SubscriptionName subscription) {
    DeliveryState.Received received = BackfillChoice.received(stored.event, clock.instant());
    bytes -= stored.footprint();
    StoredDelivery delivery = stored.enter(subscription, received);
    bytes += stored.footprint();
    lanes.join(delivery, null);
    add(delivery);
    workArrived.signal();
    timeline.update(stored);
    finished.remove(stored);
  }

  /// Changes the time before which no delivery of an event begins.
  void setDeliverAt(StoredEvent stored, Instant time) {
    replaceEvent(stored, stored.event.withDeliverAt(time));
  }

  private void replaceEvent(StoredEvent stored, Event event) {
    bytes -= stored.footprint();
    stored.event = event;
    bytes += stored.footprint();
  }

  /// Adds an ended attempt to its delivery, which is still in progress. Its response is dropped
  /// when there is no room for it and none can be made.
  void remember(StoredDelivery delivery, Attempt attempt, SharedEndings endings) {
    Optional<Response> response = attempt.response();
    if (response.isEmpty()) {
      delivery.remember(attempt, endings);
      return;
    }
    StoredEvent stored = delivery.event;
    if (!makeRoom(() -> hasRoomFor(ResponseSize.of(attempt)))) {
      delivery.remember(attempt.with(Optional.empty()), endings);
      return;
    }
    bytes -= stored.footprint();
    delivery.remember(attempt, endings);
    bytes += stored.footprint();
    delivery
        .queue()
        .responses
        .add(response.get(), new RecentResponses.Place(stored.sequence, attempt.number()));
  }

  /// Sets the state of a delivery and updates everything that depends on it.
  void change(StoredDelivery delivery, DeliveryState state) {
    change(delivery, state, LanePlace.TAIL);
  }

  /// Sets the state of a delivery and updates everything that depends on it.
  ///
  /// @param place where it enters its lane if it is replayed
  void change(StoredDelivery delivery, DeliveryState state, LanePlace place) {
    work.leave(delivery);
    DeliveryState before = delivery.state();
    delivery.become(state);
    delivery.forgetFingerprint();
    deliveryCounts[before.status().ordinal()]--;
    deliveryCounts[state.status().ordinal()]++;
    delivery.queue().moved(before.status(), state.status());
    OpenLane left = delivery.lane;
    lanes.moved(delivery, before, place, timeline.nextSequence());
    if (state instanceof DeliveryState.Received
        && before instanceof DeliveryState.Processing
        && !delivery.isBehind) {
      work.reenter(delivery);
    } else {
      work.enter(delivery);
    }
    OpenLane lane = left == null ? delivery.lane : left;
    if (lane != null) {
      lanes.next(delivery.subscription, lane);
    }
    if (state instanceof DeliveryState.Waiting || lane != null || work.takeHasRoomAgain()) {
      workArrived.signal();
    }
    StoredEvent stored = delivery.event;
    if (before instanceof DeliveryState.Finished && state instanceof DeliveryState.Received) {
      replaceEvent(stored, stored.event.withoutExpiry());
    }
    timeline.update(stored);
    if (!stored.indexedStatus.isFinished() || stored.blocking > 0) {
      finished.remove(stored);
    } else if (state instanceof DeliveryState.Finished) {
      finished.finished(stored);
    }
  }

  /// Lets an event be deleted whose dead letter blocked a lane.
  private void noLongerBlocks(StoredEvent stored) {
    if (stored.blocking == 0 && stored.indexedStatus.isFinished()) {
      finished.finished(stored);
    }
  }

  /// Makes the deliveries of a subscription agree with its ordering.
  void arrange(SubscriptionName subscription, Optional<Ordering> ordering) {
    ordering.ifPresentOrElse(
        order -> lanes.arrange(subscription, order), () -> lanes.dissolve(subscription));
    workArrived.signalAll();
  }

  /// Lets a blocked lane continue.
  ///
  /// @return whether it was blocked
  boolean unblock(LaneId lane) {
    boolean wasBlocked = lanes.unblock(lane);
    workArrived.signal();
    return wasBlocked;
  }

  /// Deletes the event that finished first.
  ///
  /// @param before only if it finished before this time
  /// @return whether there was one
  boolean forgetFirstFinished(Instant before) {
    StoredEvent oldest = finished.firstBefore(before);
    if (oldest == null) {
      return false;
    }
    finished.remove(oldest);
    bytes -= oldest.footprint();
    byId.remove(oldest);
    timeline.remove(oldest);
    for (StoredDelivery delivery : oldest.deliveries()) {
      delete(delivery);
    }
    byType.remove(oldest.event.type(), number -> timeline.get(number) != null);
    oldest
        .event
        .attributes()
        .key()
        .ifPresent(key -> byKey.remove(key, number -> timeline.get(number) != null));
    return true;
  }

  StatusCounts counts() {
    var events = new EnumMap<EventStatus, Long>(EventStatus.class);
    for (EventStatus status : EventStatus.values()) {
      events.put(status, timeline.count(status));
    }
    var deliveries = new EnumMap<DeliveryStatus, Long>(DeliveryStatus.class);
    for (DeliveryStatus status : DeliveryStatus.values()) {
      deliveries.put(status, deliveryCounts[status.ordinal()]);
    }
    return new StatusCounts(events, deliveries, work.oldestDue(clock.instant()));
  }

  CountsBySubscription countsBySubscription() {
    var counts = new CountsBySubscription.Builder();
    work.addTo(counts, clock.instant());
    return counts.build();
  }

  List<StoredDelivery> inFlight() {
    return work.inFlight();
  }

  private boolean makeRoom(BooleanSupplier hasRoom) {
    boolean isEnough = hasRoom.getAsBoolean();
    while (!isEnough && forgetFirstFinished(Instant.MAX)) {
      forgottenEarly++;
      isEnough = hasRoom.getAsBoolean();
    }
    warnOfDeleted();
    return isEnough;
  }

  /// Operators must learn that events are deleted before the end of their retention, but not by a
  /// line for each of them.
  private void warnOfDeleted() {
    if (forgottenEarly == 0 || !quiet.isOver()) {
      return;
    }
    LOG.log(
        Level.WARNING,
        "the memory storage is full: {0} finished events were deleted before the end of their"
            + " retention; raise MEMORY_MAX_EVENTS or MEMORY_MAX_BYTES to keep them",
        forgottenEarly);
    forgottenEarly = 0;
    quiet = TimeLimit.of(clock, TELL_EVERY);
  }

  private boolean hasRoomFor(long footprint) {
    return bytes + footprint <= settings.maxBytes();
  }
}
