package dev.sluice.application.work;

import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.port.AttemptContext;
import dev.sluice.domain.port.EventHandler;
import dev.sluice.domain.subscription.Subscription;
import java.time.Duration;

/// A handler whose receivers decide how many attempts may be in progress. Its attempts wait for
/// others and not for this node, so they have slots of their own.
public interface PacedHandler extends EventHandler {

  /// Returns how many attempts of a subscription may be in progress on this node now; 0 while none
  /// may begin. Never waits, and costs next to nothing: it is called for each claim.
  int limitOf(Subscription subscription);

  /// Makes one attempt for a test: it neither follows the pace of the receiver nor changes it.
  Outcome sample(Event event, AttemptContext attempt) throws Exception;

  /// Returns how the receiver of a subscription is treated on this node.
  ReceiverView viewOf(Subscription subscription);

  /// Returns how many attempts this handler can make at once.
  int slots();

  /// Returns after what time of nothing but failures a subscription is paused; zero for never.
  Duration pauseAfter();

  /// Returns how long an attempt may take where the subscription does not say it.
  Duration timeout();
}
