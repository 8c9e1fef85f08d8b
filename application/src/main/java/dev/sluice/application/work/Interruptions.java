package dev.sluice.application.work;

import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.Transition;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.TransitionListener;
import dev.sluice.domain.time.TimeSource;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/// Ends attempts that must not go on: those whose time is over, those that lost their lease, and at
/// shutdown all.
final class Interruptions {

  private static final System.Logger LOG = System.getLogger(Interruptions.class.getName());

  private final RunningAttempts running;
  private final AbandonedLimit abandonedLimit;
  private final Verdicts verdicts;
  private final Settler settler;
  private final Slots slots;
  private final TransitionListener listener;
  private final TimeSource clock;

  Interruptions(
      RunningAttempts running,
      AbandonedLimit abandonedLimit,
      Verdicts verdicts,
      Settler settler,
      Slots slots,
      TransitionListener listener,
      TimeSource clock) {
    this.running = running;
    this.abandonedLimit = abandonedLimit;
    this.verdicts = verdicts;
    this.settler = settler;
    this.slots = slots;
    this.listener = listener;
    this.clock = clock;
  }

  /// Interrupts attempts whose deadline has passed.
  void breakOffOverdue() {
    for (RunningAttempt attempt : running.toList()) {
      if (attempt.claim().isAfterAbandonment()
          && attempt.age(clock).compareTo(AbandonedLimit.PROVEN_AFTER) >= 0
          && attempt.prove()) {
        abandonedLimit.proven();
      }
      if (attempt.age(clock).compareTo(attempt.setup().limit()) >= 0 && attempt.breakOff()) {
        reportTimeout(attempt);
      }
    }
  }

  private void reportTimeout(RunningAttempt attempt) {
    var cause =
        new FailureCause(
            FailureCause.Kind.TIMEOUT,
            "TimedOut",
            "no outcome within " + attempt.setup().timeout().toMillis() + " ms");
    LOG.log(
        Level.WARNING,
        "attempt timed out and was interrupted: " + Settler.describe(attempt.claim()));
    settler.reportLater(
        attempt, verdicts.on(attempt, new Outcome.Failed(true, cause, Duration.ZERO)));
  }

  /// Interrupts an attempt whose lease was lost: its outcome no longer counts.
  void breakOffLost(RunningAttempt attempt) {
    if (!attempt.breakOff()) {
      return;
    }
    Claim claim = attempt.claim();
    LOG.log(Level.WARNING, "lease lost, attempt interrupted: " + Settler.describe(claim));
    listener.onTransition(
        new Transition.LeaseLost(claim.event().type(), claim.delivery(), claim.attempt()));
    if (attempt.releaseSettlement()) {
      slots.release(1);
    }
  }

  /// Interrupts all attempts and hands their deliveries back.
  ///
  /// @return the attempts that were handed back; others were settled before and are only still
  ///   running
  Set<RunningAttempt> handBackAll() {
    var handedBack = new HashSet<RunningAttempt>();
    for (RunningAttempt attempt : running.toList()) {
      if (attempt.breakOff()) {
        handedBack.add(attempt);
        settler.reportLater(attempt, Resolution.HAND_BACK);
      }
    }
    return handedBack;
  }
}
