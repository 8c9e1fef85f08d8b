package dev.sluice.domain.lane;

import dev.sluice.domain.subscription.SubscriptionName;

/// Names a lane.
///
/// @param subscription an ordered subscription
/// @param key the key of the events
public record LaneId(SubscriptionName subscription, String key) {}
