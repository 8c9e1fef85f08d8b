package dev.sluice.domain.port;

import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;

/// The attempt that a handler makes.
///
/// @param subscription the subscription of the delivery
/// @param destination where the delivery goes
/// @param number number of the attempt over the whole life of the delivery, from 1
/// @param sinceReplay number of the attempt since the delivery began or was last replayed, from 1
/// @param deadline when the attempt is aborted, by the wall clock
/// @param timeout how long the attempt may take from now
/// @param retryDelay the longest wait before the next attempt by the subscription's own policy
public record AttemptContext(
    SubscriptionName subscription,
    Destination destination,
    int number,
    int sinceReplay,
    Instant deadline,
    Duration timeout,
    Duration retryDelay) {}
