package dev.sluice.adapter.memory;

import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.lane.Lane;
import dev.sluice.domain.lane.LaneId;
import dev.sluice.domain.lane.LanePlace;
import dev.sluice.domain.lane.LaneView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The deliveries of a lane; guarded by the storage's lock. Follows the rules of [Lane].
final class OpenLane {

  private static final Comparator<StoredDelivery> IN_ORDER =
      Comparator.<StoredDelivery>comparingLong(delivery -> delivery.lanePosition)
          .thenComparingLong(delivery -> delivery.event.sequence);

  final String key;

  /// Usually the only one.
  private @Nullable StoredDelivery head;

  /// Further ones, see [Lane].
  private List<StoredDelivery> otherHeads = List.of();

  /// Null until something stands behind.
  private @Nullable TreeSet<StoredDelivery> behind;

  /// The dead letter that blocks the lane.
  private @Nullable StoredDelivery blocker;

  private Lane lane = Lane.EMPTY;

  OpenLane(String key) {
    this.key = key;
  }

  boolean isEmpty() {
    return lane.isEmpty();
  }

  boolean isBlocked() {
    return lane.isBlocked();
  }

  boolean isBlockedBy(StoredDelivery delivery) {
    return delivery == blocker;
  }

  boolean isBlockedBy(EventId event) {
    return blocker != null && blocker.event.event.id().equals(event);
  }

  Stream<StoredDelivery> heads() {
    return Stream.concat(Stream.ofNullable(head), otherHeads.stream());
  }

  private void addHead(StoredDelivery delivery) {
    if (head == null) {
      head = delivery;
    } else {
      otherHeads = new ArrayList<>(otherHeads);
      otherHeads.add(delivery);
    }
  }

  private void removeHead(StoredDelivery delivery) {
    if (head == delivery) {
      head = otherHeads.isEmpty() ? null : otherHeads.removeLast();
    } else {
      otherHeads.remove(delivery);
    }
  }

  Stream<StoredDelivery> behind() {
    return behind == null ? Stream.of() : behind.stream();
  }

  /// Adds a waiting delivery.
  void join(StoredDelivery delivery) {
    if (lane.isEmpty()) {
      addHead(delivery);
    } else {
      standBehind(delivery);
    }
    lane = lane.joined();
  }

  /// Adds a waiting delivery while the subscription is being arranged.
  void joinBehind(StoredDelivery delivery) {
    standBehind(delivery);
    lane = lane.withBehind();
  }

  /// Adds a delivery that is in progress.
  void joinAsHead(StoredDelivery delivery) {
    addHead(delivery);
    lane = lane.withHead();
  }

  /// Adds a finished delivery that is replayed.
  ///
  /// @param tail its position if it goes there
  void rejoin(StoredDelivery delivery, LanePlace place, long tail) {
    if (isBlockedBy(delivery)) {
      unblock();
      delivery.lanePosition = first();
      // The lane may still have heads, or be empty.
      if (head == null) {
        joinAsHead(delivery);
      } else {
        joinBehind(delivery);
      }
      return;
    }
    delivery.lanePosition = place == LanePlace.HEAD ? first() : tail;
    join(delivery);
  }

  /// Returns a position before everything that stands behind.
  private long first() {
    return behind == null || behind.isEmpty() ? 0 : behind.getFirst().lanePosition - 1;
  }

  private void standBehind(StoredDelivery delivery) {
    if (behind == null) {
      behind = new TreeSet<>(IN_ORDER);
    }
    delivery.isBehind = true;
    behind.add(delivery);
  }

  /// Records that a head waits for another attempt.
  void headWaits(StoredDelivery delivery) {
    if (!lane.keepsHead()) {
      removeHead(delivery);
      standBehind(delivery);
    }
    lane = lane.headWaits();
  }

  /// Records that a delivery finished.
  ///
  /// @param blocks whether it blocks the lane if it was a head
  void finished(StoredDelivery delivery, boolean blocks) {
    if (delivery.isBehind) {
      delivery.isBehind = false;
      Objects.requireNonNull(behind, "one stands behind").remove(delivery);
      lane = lane.behindFinished();
      return;
    }
    removeHead(delivery);
    lane = lane.headFinished(blocks);
    if (blocks) {
      blocker = delivery;
    }
  }

  /// Lets a blocked lane continue.
  ///
  /// @return the dead letter that blocked it
  @Nullable StoredDelivery unblock() {
    StoredDelivery dead = blocker;
    blocker = null;
    lane = lane.unblocked();
    return dead;
  }

  /// Makes the first delivery behind the head, if the lane needs one.
  @Nullable StoredDelivery promote() {
    TreeSet<StoredDelivery> waiting = behind;
    if (waiting == null || !lane.isWithoutHead()) {
      return null;
    }
    StoredDelivery next = waiting.removeFirst();
    next.isBehind = false;
    addHead(next);
    lane = lane.promoted();
    return next;
  }

  LaneView view(LaneId id) {
    StoredDelivery first =
        blocker != null ? blocker : Objects.requireNonNull(head, "a lane has a head or is blocked");
    DeliveryState state = first.state();
    return new LaneView(id, first.event.event.id(), state, lane.behind());
  }
}
