package dev.sluice.application.operate;

import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.delivery.ReplayScope;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.lane.LaneId;
import dev.sluice.domain.lane.LanePlace;
import dev.sluice.domain.lane.LaneView;
import dev.sluice.domain.lane.Lanes;
import dev.sluice.domain.port.ControlResult;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Shows the lanes of ordered subscriptions, and lets operators decide about their heads.
///
/// Every method may throw [dev.sluice.domain.port.StoreUnavailableException]; then the outcome is
/// unknown.
public final class LaneOperations {

  private final Optional<Lanes> lanes;
  private final ControlEvents control;
  private final Supplier<Map<SubscriptionName, Long>> blocked;

  /// @param lanes empty when the storage has none
  /// @param blocked the cached number of blocked lanes of each subscription
  public LaneOperations(
      Optional<Lanes> lanes, ControlEvents control, Supplier<Map<SubscriptionName, Long>> blocked) {
    this.lanes = lanes;
    this.control = control;
    this.blocked = blocked;
  }

  /// Returns the number of blocked lanes of each subscription that has any, at most 10 seconds old.
  /// Costs the storage nothing.
  public Map<SubscriptionName, Long> recentlyBlocked() {
    return blocked.get();
  }

  /// What became of an action.
  public sealed interface Result {

    /// It was applied.
    ///
    /// @param head the event of the head that it was applied to
    record Done(EventId head) implements Result {}

    /// There is no such lane: it has no unfinished delivery and is not blocked.
    record NotFound() implements Result {}

    /// The head does not allow it, or is not the expected one; nothing was changed.
    ///
    /// @param lane the lane as it is
    record NotAllowed(LaneView lane) implements Result {}
  }

  /// Returns lanes in the order of their keys.
  ///
  /// @param after only lanes with a key after this one
  /// @param onlyBlocked only blocked lanes
  public List<LaneView> list(
      SubscriptionName subscription, String after, boolean onlyBlocked, int limit) {
    return lanes.map(all -> all.list(subscription, after, onlyBlocked, limit)).orElse(List.of());
  }

  /// Returns a lane; empty when it has no unfinished delivery and is not blocked.
  public Optional<LaneView> find(LaneId lane) {
    return lanes.flatMap(all -> all.find(lane));
  }

  /// Returns the events of the deliveries behind the head, in their order.
  public List<EventId> behind(LaneId lane, int limit) {
    return lanes.map(all -> all.behind(lane, limit)).orElse(List.of());
  }

  /// Returns the number of blocked lanes of each subscription that has any.
  public Map<SubscriptionName, Long> countBlocked() {
    return lanes.map(Lanes::countBlocked).orElse(Map.of());
  }

  /// Applies an action to the head of a lane.
  ///
  /// @param expected the event that must be the head; empty for any
  public Result apply(LaneAction action, LaneId lane, Optional<EventId> expected) {
    Optional<LaneView> found = find(lane);
    if (found.isEmpty()) {
      return new Result.NotFound();
    }
    LaneView view = found.get();
    boolean isExpected = expected.filter(head -> !head.equals(view.head())).isEmpty();
    if (isExpected && isDone(action, view)) {
      return new Result.Done(view.head());
    }
    // Read again: the lane may have changed since.
    return find(lane).<Result>map(Result.NotAllowed::new).orElseGet(Result.NotFound::new);
  }

  private boolean isDone(LaneAction action, LaneView lane) {
    Set<SubscriptionName> only = Set.of(lane.id().subscription());
    return switch (action) {
      case RETRY ->
          lane.isBlocked()
              ? isChanged(control.replay(lane.head(), new ReplayScope.Failed(only), LanePlace.HEAD))
              : lanes.orElseThrow().retryNow(lane.id(), lane.head());
      case SKIP ->
          lane.isBlocked()
              ? isChanged(control.discard(lane.head(), only))
              : lane.state() instanceof DeliveryState.Waiting
                  && isChanged(control.cancel(lane.head(), only));
      case UNBLOCK -> lane.isBlocked() && lanes.orElseThrow().unblock(lane.id(), lane.head());
    };
  }

  private static boolean isChanged(ControlResult result) {
    return result instanceof ControlResult.Changed;
  }

  /// Applies an action to blocked lanes of a subscription, in the order of their keys.
  ///
  /// @param limit maximum number of lanes
  /// @return number of lanes to which it was applied
  public int applyToBlocked(LaneAction action, SubscriptionName subscription, int limit) {
    int done = 0;
    for (LaneView lane : list(subscription, "", true, limit)) {
      if (apply(action, lane.id(), Optional.of(lane.head())) instanceof Result.Done) {
        done++;
      }
    }
    return done;
  }
}
