package dev.sluice.domain.port;

import dev.sluice.domain.event.EventId;
import dev.sluice.domain.subscription.SubscriptionName;

/// Operator actions on the deliveries of an event. May throw [StoreUnavailableException]; then the
/// outcome is unknown. May throw [DamagedEventException]; then nothing was changed.
public interface DeliveryControl {

  /// Replays every finished delivery of the event with a fresh budget of attempts; its history
  /// stays.
  ///
  /// Not allowed when no delivery of the event is finished, including when it has no delivery.
  ControlResult replay(EventId id);

  /// Cancels every waiting delivery of the event. Not allowed when none waits.
  ControlResult cancel(EventId id);

  /// Cancels waiting deliveries of a subscription, whatever the event.
  ///
  /// @param limit maximum number of deliveries to cancel
  /// @return number of cancelled deliveries; fewer than `limit` means that none waited
  int cancelWaiting(SubscriptionName subscription, int limit);

  /// Discards every dead letter of the event: it becomes cancelled, and its history stays. Not
  /// allowed when there is none.
  ControlResult discard(EventId id);
}
