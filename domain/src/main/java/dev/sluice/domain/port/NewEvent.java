package dev.sluice.domain.port;

import dev.sluice.domain.event.ContentDigest;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.List;
import java.util.Optional;

/// An event to be stored.
///
/// @param event the event
/// @param subscriptions who gets a delivery of it; none leaves it unrouted
/// @param digest of its content, to be stored with it; absent when nothing is likely to be compared
///   with it
public record NewEvent(
    Event event, List<SubscriptionName> subscriptions, Optional<ContentDigest> digest) {

  public NewEvent {
    subscriptions = List.copyOf(subscriptions);
  }

  /// An event whose digest is computed when it is needed.
  public NewEvent(Event event, List<SubscriptionName> subscriptions) {
    this(event, subscriptions, Optional.empty());
  }
}
