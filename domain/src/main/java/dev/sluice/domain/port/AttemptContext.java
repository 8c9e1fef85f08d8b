package dev.sluice.domain.port;

import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Instant;

/// The attempt that a handler makes.
///
/// @param subscription the subscription of the delivery
/// @param number number of the attempt over the whole life of the delivery, from 1
/// @param sinceReplay number of the attempt since the delivery began or was last replayed, from 1
/// @param deadline when the attempt is aborted
public record AttemptContext(
    SubscriptionName subscription, int number, int sinceReplay, Instant deadline) {}
