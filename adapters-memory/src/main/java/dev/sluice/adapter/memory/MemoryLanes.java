package dev.sluice.adapter.memory;

import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.lane.LaneId;
import dev.sluice.domain.lane.LaneView;
import dev.sluice.domain.lane.Lanes;
import dev.sluice.domain.subscription.Ordering;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Shows and changes the lanes in the heap.
final class MemoryLanes implements Lanes {

  private final Ledger ledger;

  MemoryLanes(Ledger ledger) {
    this.ledger = ledger;
  }

  /// Changes everything at once, whatever the limit: that is a matter of memory alone.
  @Override
  public boolean arrange(SubscriptionName subscription, Optional<Ordering> ordering, int limit) {
    return ledger.locked(
        () -> {
          ledger.arrange(subscription, ordering);
          return false;
        });
  }

  @Override
  public List<LaneView> list(
      SubscriptionName subscription, String after, boolean onlyBlocked, int limit) {
    return ledger.locked(
        () -> {
          SubscriptionLanes lanes = ledger.lanes.of(subscription);
          if (lanes == null) {
            return List.of();
          }
          return lanes
              .after(after, onlyBlocked)
              .limit(limit)
              .map(lane -> lane.view(new LaneId(subscription, lane.key)))
              .toList();
        });
  }

  @Override
  public Optional<LaneView> find(LaneId lane) {
    return ledger.locked(() -> open(lane).map(open -> open.view(lane)).findFirst());
  }

  @Override
  public List<EventId> behind(LaneId lane, int limit) {
    return ledger.locked(
        () ->
            open(lane)
                .flatMap(open -> open.behind().limit(limit))
                .map(delivery -> delivery.event.event.id())
                .toList());
  }

  private Stream<OpenLane> open(LaneId lane) {
    SubscriptionLanes lanes = ledger.lanes.of(lane.subscription());
    return lanes == null ? Stream.of() : Stream.ofNullable(lanes.find(lane.key()));
  }

  @Override
  public boolean retryNow(LaneId lane, EventId event) {
    return ledger.locked(
        () -> {
          Optional<StoredDelivery> head =
              open(lane)
                  .flatMap(OpenLane::heads)
                  .filter(delivery -> delivery.event.event.id().equals(event))
                  .filter(delivery -> delivery.state() instanceof DeliveryState.Retrying)
                  .findFirst();
          if (head.isPresent() && head.get().state() instanceof DeliveryState.Retrying retrying) {
            Instant now = ledger.clock.instant();
            ledger.change(head.get(), retrying.reschedule(now, now));
          }
          return head.isPresent();
        });
  }

  @Override
  public boolean unblock(LaneId lane, EventId head) {
    return ledger.locked(
        () -> open(lane).anyMatch(open -> open.isBlockedBy(head)) && ledger.unblock(lane));
  }

  @Override
  public Map<SubscriptionName, Long> countBlocked() {
    return ledger.locked(
        () -> {
          var counts = new HashMap<SubscriptionName, Long>();
          ledger
              .lanes
              .all()
              .forEach(
                  (name, lanes) -> {
                    if (lanes.countBlocked() > 0) {
                      counts.put(name, (long) lanes.countBlocked());
                    }
                  });
          return counts;
        });
  }
}
