package dev.sluice.domain.port;

import dev.sluice.domain.delivery.AttemptCount;
import dev.sluice.domain.delivery.DeliveryId;
import dev.sluice.domain.delivery.Lease;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.subscription.SubscriptionName;

/// A delivery that a worker may work on while its lease lasts.
///
/// @param number the event's place among all that the storage ever took in, as in [Cursor]: tells
///   it from an earlier or later event with the same id
/// @param event the event to process
/// @param subscription the subscription it is delivered for
/// @param attempts the newest attempt is the one that begins with this claim; its number is the
///   fencing token
/// @param lease until when
/// @param isAfterAbandonment whether the attempt before this one was abandoned: then this delivery
///   may be what ended its worker
public record Claim(
    long number,
    Event event,
    SubscriptionName subscription,
    AttemptCount attempts,
    Lease lease,
    boolean isAfterAbandonment) {

  /// Which delivery this is.
  public DeliveryId delivery() {
    return new DeliveryId(event.id(), subscription);
  }

  /// The number of the attempt that the claim is for.
  public int attempt() {
    return attempts.started();
  }
}
