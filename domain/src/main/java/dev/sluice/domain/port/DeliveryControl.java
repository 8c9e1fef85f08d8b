package dev.sluice.domain.port;

import dev.sluice.domain.delivery.ReplayScope;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.lane.LanePlace;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Instant;
import java.util.Set;

/// Operator actions on the deliveries of an event. May throw [StoreUnavailableException]; then the
/// outcome is unknown. May throw [DamagedEventException]; then nothing was changed.
///
/// An action that names a subscription for which the event has no delivery changes nothing and
/// returns [ControlResult.NoDelivery].
public interface DeliveryControl {

  /// Replays those finished deliveries of the event that the scope includes, with a fresh budget of
  /// attempts; their history stays, and the other deliveries stay as they are. The event no longer
  /// expires: an operator wants it to be processed.
  ///
  /// In an ordered subscription, a dead letter that blocks its lane takes its place at the head
  /// again; any other delivery goes where `place` says, so that it is not processed in the order in
  /// which its event was accepted.
  ///
  /// Not allowed when the scope includes no finished delivery.
  ControlResult replay(EventId id, ReplayScope scope, LanePlace place);

  /// Moves the first attempts of the event's deliveries to another time, which replaces
  /// [dev.sluice.domain.event.Event#deliverAt] and any delay of a subscription. A time that has
  /// passed makes them due now. Deliveries that were ever attempted stay as they are.
  ///
  /// Not allowed when no delivery waits that was never attempted.
  ControlResult reschedule(EventId id, Instant deliverAt);

  /// Cancels the waiting deliveries of the event. Not allowed when none waits.
  ///
  /// @param subscriptions only deliveries for these; empty for all
  ControlResult cancel(EventId id, Set<SubscriptionName> subscriptions);

  /// Cancels waiting deliveries of a subscription, whatever the event.
  ///
  /// @param limit maximum number of deliveries to cancel
  /// @return number of cancelled deliveries; fewer than `limit` means that none waited
  int cancelWaiting(SubscriptionName subscription, int limit);

  /// Discards the dead letters of the event: they become cancelled, and their history stays. Not
  /// allowed when there is none.
  ///
  /// @param subscriptions only deliveries for these; empty for all
  ControlResult discard(EventId id, Set<SubscriptionName> subscriptions);
}
