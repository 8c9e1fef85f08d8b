package dev.sluice.application.operate;

import dev.sluice.application.operate.Explanation.Why;
import dev.sluice.application.work.Handlers;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.lane.LaneId;
import dev.sluice.domain.lane.LaneView;
import dev.sluice.domain.lane.Lanes;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.List;
import java.util.Optional;

/// Explains that deliveries wait for their turn in a lane.
final class LaneExplanation {

  /// Deliveries before another are counted up to this number.
  private static final int MOST_BEFORE = 1_000;

  private final Optional<Lanes> lanes;
  private final Handlers handlers;

  LaneExplanation(Optional<Lanes> lanes, Handlers handlers) {
    this.lanes = lanes;
    this.handlers = handlers;
  }

  /// Returns why a waiting delivery must wait for others of its key; empty when it need not.
  Optional<Why> before(Event event, SubscriptionName subscription) {
    Optional<String> key = event.attributes().key();
    if (lanes.isEmpty() || key.isEmpty() || !handlers.isOrdered(subscription)) {
      return Optional.empty();
    }
    return lanes
        .get()
        .find(new LaneId(subscription, key.get()))
        .filter(lane -> !lane.head().equals(event.id()))
        .map(lane -> behind(lanes.get(), lane, event.id()));
  }

  private static Why behind(Lanes lanes, LaneView lane, EventId event) {
    List<EventId> behind = lanes.behind(lane.id(), MOST_BEFORE + 1);
    int before = behind.indexOf(event);
    return before < 0
        ? new Why.InLane(lane, Math.min(behind.size(), MOST_BEFORE), behind.size() > MOST_BEFORE)
        : new Why.InLane(lane, before, false);
  }
}
