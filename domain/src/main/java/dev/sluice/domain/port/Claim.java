package dev.sluice.domain.port;

import dev.sluice.domain.delivery.AttemptCount;
import dev.sluice.domain.delivery.DeliveryId;
import dev.sluice.domain.delivery.Lease;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.subscription.SubscriptionName;

/// A delivery that a worker may work on while its lease lasts.
///
/// @param sequence the event's sequence, as in [Cursor]: distinguishes the event from an earlier or
///   later one with the same id
/// @param event the event to process
/// @param subscription the subscription it is delivered for
/// @param attempts the newest attempt is the one that begins with this claim; its sequence is the
///   fencing token
/// @param lease until when the worker may keep it
/// @param isAfterAbandonment whether the previous attempt was abandoned: then this delivery may be
///   what crashed its worker
public record Claim(
    long sequence,
    Event event,
    SubscriptionName subscription,
    AttemptCount attempts,
    Lease lease,
    boolean isAfterAbandonment) {

  /// Returns the id of the delivery.
  public DeliveryId delivery() {
    return new DeliveryId(event.id(), subscription);
  }

  /// Returns the number of the attempt that begins with this claim.
  public int attempt() {
    return attempts.started();
  }
}
