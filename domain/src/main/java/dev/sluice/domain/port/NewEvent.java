package dev.sluice.domain.port;

import dev.sluice.domain.event.Event;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.List;

/// An event to be stored.
///
/// @param event the event
/// @param subscriptions who gets a delivery of it; none leaves it unrouted
public record NewEvent(Event event, List<SubscriptionName> subscriptions) {

  public NewEvent {
    subscriptions = List.copyOf(subscriptions);
  }
}
