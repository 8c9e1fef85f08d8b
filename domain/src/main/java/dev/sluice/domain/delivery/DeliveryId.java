package dev.sluice.domain.delivery;

import dev.sluice.domain.event.EventId;
import dev.sluice.domain.subscription.SubscriptionName;

/// Identifies a delivery: there is one per event and subscription.
///
/// @param event the event that is delivered
/// @param subscription the subscription it is delivered for
public record DeliveryId(EventId event, SubscriptionName subscription) {}
