package dev.sluice.application.work;

import dev.sluice.domain.port.EventHandler;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.RetryPolicy;
import java.time.Duration;

/// What an attempt runs with. It is looked up once, when the attempt begins: a later version of the
/// subscription changes later attempts only.
///
/// @param subscriptionVersion the version of the subscription from which the rest follows
/// @param destination where the delivery goes
/// @param handler processes the delivery
/// @param timeout how long the attempt may take
/// @param retries decides what follows when it fails
record AttemptSetup(
    long subscriptionVersion,
    Destination destination,
    EventHandler handler,
    Duration timeout,
    RetryPolicy retries) {}
