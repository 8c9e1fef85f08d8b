package dev.sluice.domain.port;

import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.List;

/// The result of an operator action on an event.
public sealed interface ControlResult {

  /// The action was applied.
  ///
  /// @param event the event after the action
  /// @param subscriptions the subscriptions of the deliveries that changed
  record Changed(EventSummary event, List<SubscriptionName> subscriptions)
      implements ControlResult {

    public Changed {
      subscriptions = List.copyOf(subscriptions);
    }
  }

  /// No delivery of the event is in a state that allows the action; nothing was changed.
  record NotAllowed(EventSummary event) implements ControlResult {}

  /// The event has no delivery for one of the named subscriptions; nothing was changed.
  ///
  /// @param subscription the subscription
  record NoDelivery(EventSummary event, SubscriptionName subscription) implements ControlResult {}

  /// There is no such event.
  record NotFound() implements ControlResult {}
}
