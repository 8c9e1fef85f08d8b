package dev.sluice.adapter.webhook;

import java.time.Duration;

/// What a response, or the lack of one, means for the delivery and its subscription.
sealed interface ResponseAction {

  /// The receiver has the event.
  record Completed() implements ResponseAction {}

  /// The attempt failed and another may succeed.
  ///
  /// @param reason a sentence for the owner of the subscription
  /// @param notBefore the shortest wait; zero when the subscription's own delay decides
  /// @param pacing what the other deliveries of the subscription do meanwhile
  /// @param pause how long no other begins, with [Pacing#PAUSE]; otherwise zero
  record Retry(String reason, Duration notBefore, Pacing pacing, Duration pause)
      implements ResponseAction {

    Retry(String reason, Duration notBefore, Pacing pacing) {
      this(reason, notBefore, pacing, Duration.ZERO);
    }
  }

  /// Nothing was sent, because this node has no free connection to the receiver: the delivery goes
  /// back to the queue and the attempt does not count. Fewer should run at once.
  record NotSent(String reason) implements ResponseAction {}

  /// No retry can help: the delivery becomes a dead letter.
  ///
  /// @param marksSubscription whether every delivery would fail in the same way until the URL or
  ///   the allowed networks change
  record Permanent(String reason, boolean marksSubscription) implements ResponseAction {}

  /// The receiver wants no more events. The delivery is not finished: when the subscription is
  /// enabled again, it is attempted again.
  record Disable(String reason) implements ResponseAction {}

  /// What a failure means for the other deliveries of a subscription.
  enum Pacing {
    /// They go on.
    NONE,
    /// Fewer run at once: half as many as now.
    SLOW_DOWN,
    /// None begins before the pause is over.
    PAUSE
  }
}
