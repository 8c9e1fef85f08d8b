package dev.sluice.application.operate;

import dev.sluice.application.operate.Explanation.Why;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.lane.LaneId;
import dev.sluice.domain.lane.LaneView;
import dev.sluice.domain.lane.Lanes;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.List;
import java.util.Optional;

/// Explains that deliveries are behind others in a lane.
final class LaneExplanation {

  /// Deliveries ahead of another are counted up to this number.
  private static final int MOST_AHEAD = 1_000;

  private final Optional<Lanes> lanes;

  LaneExplanation(Optional<Lanes> lanes) {
    this.lanes = lanes;
  }

  /// Returns why a waiting delivery of an ordered subscription must wait for others of its key;
  /// empty when it need not.
  Optional<Why> before(Event event, SubscriptionName subscription) {
    Optional<String> key = event.attributes().key();
    if (lanes.isEmpty() || key.isEmpty()) {
      return Optional.empty();
    }
    return lanes
        .get()
        .find(new LaneId(subscription, key.get()))
        .filter(lane -> !lane.head().equals(event.id()))
        .map(lane -> behind(lanes.get(), lane, event.id()));
  }

  private static Why behind(Lanes lanes, LaneView lane, EventId event) {
    List<EventId> behind = lanes.behind(lane.id(), MOST_AHEAD + 1);
    int ahead = behind.indexOf(event);
    return ahead < 0
        ? new Why.InLane(lane, Math.min(behind.size(), MOST_AHEAD), behind.size() > MOST_AHEAD)
        : new Why.InLane(lane, ahead, false);
  }
}
