package dev.sluice.format.webhook;

import dev.sluice.domain.event.Event;
import dev.sluice.domain.subscription.SubscriptionName;

/// What a template can name.
///
/// @param subscription whose delivery it is
/// @param attempt number of the attempt, from 1
record Delivered(Event event, SubscriptionName subscription, int attempt) {}
