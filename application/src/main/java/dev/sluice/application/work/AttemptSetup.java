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
    RetryPolicy retries) {

  /// A handler that waits for a receiver ends by itself when its time is over, and then says what
  /// it waited for.
  private static final Duration TIME_TO_END = Duration.ofSeconds(1);

  /// Returns how old the attempt may become before it is interrupted.
  Duration limit() {
    return handler instanceof PacedHandler ? timeout.plus(TIME_TO_END) : timeout;
  }
}
