package dev.sluice.domain.delivery;

import dev.sluice.domain.subscription.SubscriptionName;

/// A delivery as it stood when it was read.
///
/// @param subscription which of the event's deliveries
/// @param state its state at that moment
public record DeliverySnapshot(SubscriptionName subscription, DeliveryState state) {}
