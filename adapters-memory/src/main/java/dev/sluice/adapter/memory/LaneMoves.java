package dev.sluice.adapter.memory;

import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.lane.LaneId;
import dev.sluice.domain.lane.LanePlace;
import dev.sluice.domain.subscription.Ordering;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Keeps the lanes of ordered subscriptions when deliveries change; guarded by the storage's lock.
final class LaneMoves {

  private final Map<SubscriptionName, SubscriptionLanes> ordered = new HashMap<>();
  private final WorkQueue work;
  private final Consumer<StoredEvent> released;

  /// @param released receives each event whose dead letter stops blocking a lane
  LaneMoves(WorkQueue work, Consumer<StoredEvent> released) {
    this.work = work;
    this.released = released;
  }

  /// Returns the lanes of a subscription; null when it is not ordered.
  @Nullable SubscriptionLanes of(SubscriptionName subscription) {
    return ordered.get(subscription);
  }

  /// Returns the ordered subscriptions with their lanes.
  Map<SubscriptionName, SubscriptionLanes> all() {
    return ordered;
  }

  /// Gives a new delivery its place, before it is added to those that wait.
  ///
  /// @param ordering of the subscription when its event was routed; null for none
  void join(StoredDelivery delivery, @Nullable Ordering ordering) {
    if (ordering != null && !ordered.containsKey(delivery.subscription)) {
      arrange(delivery.subscription, ordering);
    }
    OpenLane lane = laneFor(delivery);
    if (lane != null) {
      delivery.lanePosition = delivery.event.sequence;
      lane.join(delivery);
    }
  }

  /// Returns the lane that a delivery belongs to from now on; null when it is not ordered.
  private @Nullable OpenLane laneFor(StoredDelivery delivery) {
    SubscriptionLanes lanes = ordered.get(delivery.subscription);
    Optional<String> key = delivery.event.event.attributes().key();
    if (lanes == null || key.isEmpty()) {
      return null;
    }
    delivery.lane = lanes.open(key.get());
    return delivery.lane;
  }

  /// Gives a delivery its place after its state has changed, before it is added to those that wait.
  ///
  /// @param place where a replayed one goes
  /// @param tail position of a replayed one that goes to the tail
  void moved(StoredDelivery delivery, DeliveryState before, LanePlace place, long tail) {
    if (before instanceof DeliveryState.Finished
        && delivery.state() instanceof DeliveryState.Received) {
      OpenLane lane = laneFor(delivery);
      if (lane != null) {
        boolean wasBlocker = lane.isBlockedBy(delivery);
        lane.rejoin(delivery, place, tail);
        if (wasBlocker) {
          delivery.event.blocking--;
        }
      }
      return;
    }
    OpenLane lane = delivery.lane;
    if (lane != null) {
      moved(delivery, lane, before);
    }
  }

  private void moved(StoredDelivery delivery, OpenLane lane, DeliveryState before) {
    switch (delivery.state()) {
      case DeliveryState.Finished _ when before instanceof DeliveryState.Finished ->
          unblockIfBy(delivery, lane);
      case DeliveryState.Finished finished -> {
        boolean blocks = finished instanceof DeliveryState.Failed && isBlocking(delivery);
        lane.finished(delivery, blocks);
        if (blocks) {
          delivery.event.blocking++;
        } else {
          delivery.lane = null;
        }
      }
      case DeliveryState.Waiting _ when before instanceof DeliveryState.Processing ->
          lane.headWaits(delivery);
      default -> {
        // It stays where it is.
      }
    }
  }

  private boolean isBlocking(StoredDelivery delivery) {
    SubscriptionLanes lanes = ordered.get(delivery.subscription);
    return lanes != null && lanes.isBlocking();
  }

  private void unblockIfBy(StoredDelivery dead, OpenLane lane) {
    if (lane.isBlockedBy(dead)) {
      release(lane);
    }
  }

  private void release(OpenLane lane) {
    StoredDelivery dead = lane.unblock();
    if (dead != null) {
      dead.event.blocking--;
      dead.lane = null;
      released.accept(dead.event);
    }
  }

  /// Promotes the delivery behind a head that has left its lane, after that has changed.
  void next(SubscriptionName subscription, OpenLane lane) {
    StoredDelivery next = lane.promote();
    if (next != null) {
      work.moveUp(next);
    }
    SubscriptionLanes lanes = ordered.get(subscription);
    if (lanes != null) {
      lanes.changed(lane);
    }
  }

  /// Lets a blocked lane continue.
  ///
  /// @return whether it was blocked
  boolean unblock(LaneId id) {
    SubscriptionLanes lanes = ordered.get(id.subscription());
    OpenLane lane = lanes == null ? null : lanes.find(id.key());
    if (lane == null || !lane.isBlocked()) {
      return false;
    }
    release(lane);
    next(id.subscription(), lane);
    return true;
  }

  /// Makes a subscription ordered, or changes its ordering.
  void arrange(SubscriptionName subscription, Ordering ordering) {
    SubscriptionLanes lanes = ordered.get(subscription);
    if (lanes == null) {
      ordered.put(subscription, new SubscriptionLanes(ordering));
      form(subscription);
      return;
    }
    lanes.become(ordering);
    if (!lanes.isBlocking()) {
      lanes.blocked().forEach(lane -> unblock(new LaneId(subscription, lane.key)));
    }
  }

  /// Forms lanes of the deliveries that a subscription has.
  private void form(SubscriptionName subscription) {
    for (StoredDelivery delivery : work.inFlight(subscription)) {
      OpenLane lane = laneFor(delivery);
      if (lane != null) {
        delivery.lanePosition = delivery.event.sequence;
        lane.joinAsHead(delivery);
      }
    }
    List<StoredDelivery> waiting = work.waiting(subscription, Integer.MAX_VALUE);
    for (StoredDelivery delivery : waiting) {
      OpenLane lane = laneFor(delivery);
      if (lane != null) {
        work.leave(delivery);
        delivery.lanePosition = delivery.event.sequence;
        lane.joinBehind(delivery);
        work.enter(delivery);
      }
    }
    SubscriptionLanes lanes = ordered.get(subscription);
    if (lanes != null) {
      lanes.all().forEach(lane -> next(subscription, lane));
    }
  }

  /// Makes a subscription unordered: all its deliveries may be claimed.
  void dissolve(SubscriptionName subscription) {
    SubscriptionLanes lanes = ordered.remove(subscription);
    if (lanes == null) {
      return;
    }
    for (OpenLane lane : lanes.all()) {
      release(lane);
      lane.heads().forEach(head -> head.lane = null);
      lane.behind()
          .sorted(Comparator.comparingLong(delivery -> delivery.event.sequence))
          .forEach(
              delivery -> {
                delivery.lane = null;
                work.leave(delivery);
                delivery.isBehind = false;
                work.enter(delivery);
              });
    }
  }
}
