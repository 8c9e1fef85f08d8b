package dev.sluice.domain.port;

import dev.sluice.domain.delivery.AttemptCount;
import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.event.ContentDigest;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.lane.LaneId;
import dev.sluice.domain.subscription.Ordering;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An event to be stored.
///
/// @param event the event
/// @param subscriptions those that get a delivery of it; none leaves it unrouted
/// @param routedBy the version of the set of subscriptions that decided this; 0 for the built-in
///   one
/// @param digest digest of its content, to be stored with it; empty when a comparison with it is
///   unlikely
/// @param delays of the subscriptions that begin later, how much later; none for the others
/// @param ordered the ordering of the subscriptions that have one
public record NewEvent(
    Event event,
    List<SubscriptionName> subscriptions,
    long routedBy,
    Optional<ContentDigest> digest,
    Map<SubscriptionName, Duration> delays,
    Map<SubscriptionName, Ordering> ordered) {

  public NewEvent {
    subscriptions = List.copyOf(subscriptions);
    delays = Map.copyOf(delays);
    ordered = Map.copyOf(ordered);
  }

  /// Creates an event whose deliveries are not ordered.
  public NewEvent(
      Event event,
      List<SubscriptionName> subscriptions,
      long routedBy,
      Optional<ContentDigest> digest,
      Map<SubscriptionName, Duration> delays) {
    this(event, subscriptions, routedBy, digest, delays, Map.of());
  }

  /// Creates an event whose deliveries begin when it says.
  public NewEvent(
      Event event,
      List<SubscriptionName> subscriptions,
      long routedBy,
      Optional<ContentDigest> digest) {
    this(event, subscriptions, routedBy, digest, Map.of());
  }

  /// Creates an event whose digest is computed when it is needed.
  public NewEvent(Event event, List<SubscriptionName> subscriptions) {
    this(event, subscriptions, 0, Optional.empty());
  }

  /// Returns the lane of a delivery, if its subscription is ordered and the event has a key.
  public Optional<LaneId> lane(SubscriptionName subscription) {
    return ordered.containsKey(subscription)
        ? event.attributes().key().map(key -> new LaneId(subscription, key))
        : Optional.empty();
  }

  /// Returns the time before which no attempt of a delivery starts, if its producer or its
  /// subscription asked for one. It may have passed.
  public Optional<Instant> notBefore(SubscriptionName subscription) {
    Duration delay = delays.get(subscription);
    if (delay == null) {
      return event.attributes().deliverAt();
    }
    return Optional.of(event.deliverAt().plus(delay));
  }

  /// Returns the state of a new delivery. Unless it is to begin later, it is due when the event was
  /// received: it must not wait because the clocks of a node and of the storage differ.
  ///
  /// @param now the storage's time
  public DeliveryState.Received received(SubscriptionName subscription, Instant now) {
    Instant receivedAt = event.receivedAt();
    Instant enteredAt = receivedAt.isBefore(now) ? receivedAt : now;
    Instant dueAt = notBefore(subscription).filter(time -> time.isAfter(now)).orElse(enteredAt);
    return new DeliveryState.Received(AttemptCount.NONE, enteredAt, dueAt);
  }
}
