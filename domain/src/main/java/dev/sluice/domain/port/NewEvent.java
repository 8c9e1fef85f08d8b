package dev.sluice.domain.port;

import dev.sluice.domain.event.ContentDigest;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.List;
import java.util.Optional;

/// An event to be stored.
///
/// @param event the event
/// @param subscriptions those that get a delivery of it; none leaves it unrouted
/// @param routedBy the version of the set of subscriptions that decided this; 0 for the built-in
///   one
/// @param digest digest of its content, to be stored with it; empty when a comparison with it is
///   unlikely
public record NewEvent(
    Event event,
    List<SubscriptionName> subscriptions,
    long routedBy,
    Optional<ContentDigest> digest) {

  public NewEvent {
    subscriptions = List.copyOf(subscriptions);
  }

  /// Creates an event whose digest is computed when it is needed.
  public NewEvent(Event event, List<SubscriptionName> subscriptions) {
    this(event, subscriptions, 0, Optional.empty());
  }
}
