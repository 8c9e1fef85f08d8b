package dev.sluice.domain.lane;

import dev.sluice.domain.event.EventId;
import dev.sluice.domain.subscription.Ordering;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The lanes of ordered subscriptions: in each, only the head can be claimed. When the head
/// finishes, the next delivery becomes the head: in the same transaction, or, with PostgreSQL after
/// an operator action, a bulk job or an expired lease, soon after.
///
/// Deliveries are in the order in which their events were accepted: an event that was sent after
/// another was acknowledged comes after it.
///
/// Every method may throw [dev.sluice.domain.port.StoreUnavailableException]; then the outcome is
/// unknown, and repeating the call is safe.
public interface Lanes {

  /// Makes the stored deliveries of a subscription agree with its ordering, a part at a time: after
  /// it became ordered, waiting deliveries form lanes; after it no longer is, all can be claimed.
  /// Until the last part is done, its deliveries should not be claimed. Cheap when nothing is left
  /// to do.
  ///
  /// When dead letters no longer block, blocked lanes continue.
  ///
  /// @param ordering the ordering of the subscription; empty for none
  /// @param limit about how many deliveries to change, at least 1
  /// @return whether the call must be repeated
  boolean arrange(SubscriptionName subscription, Optional<Ordering> ordering, int limit);

  /// Returns lanes with unfinished deliveries and blocked ones, in the order of their keys.
  ///
  /// @param after only lanes with a key after this one
  /// @param onlyBlocked only blocked lanes
  List<LaneView> list(SubscriptionName subscription, String after, boolean onlyBlocked, int limit);

  /// Returns a lane; empty when it has no unfinished delivery and is not blocked.
  Optional<LaneView> find(LaneId lane);

  /// Returns the events of the deliveries that stand behind the head, in their order.
  List<EventId> behind(LaneId lane, int limit);

  /// Makes the head of a lane due now, if it waits for another attempt.
  ///
  /// @param head the event that must be the head; nothing is changed if another one is
  /// @return whether it did
  boolean retryNow(LaneId lane, EventId head);

  /// Lets a blocked lane continue; the dead letter stays.
  ///
  /// @param head the event that must block it; nothing is changed if another one does
  /// @return whether the event blocked it
  boolean unblock(LaneId lane, EventId head);

  /// Returns the number of blocked lanes of each subscription that has any.
  Map<SubscriptionName, Long> countBlocked();
}
