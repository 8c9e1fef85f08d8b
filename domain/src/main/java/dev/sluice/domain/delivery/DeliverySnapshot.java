package dev.sluice.domain.delivery;

import dev.sluice.domain.subscription.SubscriptionName;

/// A delivery in the state in which it was read.
///
/// @param subscription identifies the delivery among those of the event
/// @param state its state at that time
public record DeliverySnapshot(SubscriptionName subscription, DeliveryState state) {}
