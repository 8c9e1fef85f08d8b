package dev.sluice.domain.delivery;

import dev.sluice.domain.event.EventId;
import dev.sluice.domain.subscription.SubscriptionName;

/// The identity of a delivery: there is one per event and subscription.
///
/// @param event the event on its way
/// @param subscription the subscription it is on its way through
public record DeliveryId(EventId event, SubscriptionName subscription) {}
