package dev.sluice.application.work;

import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.subscription.RetryDecision;
import dev.sluice.domain.subscription.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// Decides what becomes of a delivery after an attempt.
final class Verdicts {

  private static final Duration LONGEST_SPREAD = Duration.ofMillis(200);

  private final Handlers handlers;
  private final SubscriptionPauser pauser;
  private final InstantSource clock;
  private final RandomGenerator random;

  Verdicts(
      Handlers handlers, SubscriptionPauser pauser, InstantSource clock, RandomGenerator random) {
    this.handlers = handlers;
    this.pauser = pauser;
    this.clock = clock;
    this.random = random;
  }

  /// Returns whether the event of a claim has expired: then its attempt must not begin.
  boolean isExpired(Claim claim) {
    return claim
        .event()
        .attributes()
        .expiresAt()
        .filter(end -> !clock.instant().isBefore(end))
        .isPresent();
  }

  /// Decides what follows an attempt that ended on this node.
  Resolution on(RunningAttempt attempt, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Succeeded _ -> Resolution.COMPLETE;
      case Outcome.Failed failed -> onFailure(attempt.claim(), failed, attempt.setup().retries());
      case Outcome.NotMade _ -> Resolution.HAND_BACK;
      case Outcome.Unwanted unwanted -> onUnwanted(attempt, unwanted);
    };
  }

  /// Pauses the subscription before its delivery goes back to the queue: otherwise it would be
  /// claimed again at once.
  private Resolution onUnwanted(RunningAttempt attempt, Outcome.Unwanted unwanted) {
    Claim claim = attempt.claim();
    if (handlers.versionOf(claim.subscription()) != attempt.subscriptionVersion()) {
      // An operator has changed it since: perhaps what the receiver does not want any more.
      return Resolution.HAND_BACK;
    }
    try {
      pauser.pause(claim.subscription(), unwanted.reason());
      return Resolution.HAND_BACK;
    } catch (RuntimeException e) {
      // The next attempt gets the same response, and pauses it then.
      var cause = new FailureCause(FailureCause.Kind.HANDLER, "ReceiverGone", unwanted.reason());
      var failed = new Outcome.Failed(true, cause, Duration.ZERO, unwanted.response());
      return onFailure(claim, failed, attempt.setup().retries());
    }
  }

  /// Decides what follows an attempt whose worker went silent.
  ///
  /// While other deliveries may be what ended the worker, another attempt follows whatever the
  /// retry budget, and soon, because the delivery has already waited for the whole lease; spread a
  /// little, so that deliveries that were abandoned together do not return together. An attempt
  /// that ran alone is to blame, and counts like any other failure. See [AbandonedLimit].
  Resolution onAbandoned(Claim claim) {
    var cause =
        new FailureCause(
            FailureCause.Kind.ABANDONED,
            "LeaseExpired",
            "worker " + claim.lease().worker() + " did not settle before its lease expired");
    // What the worker ran with is not known, so the newest version decides.
    RetryPolicy policy = handlers.policyOf(claim.subscription());
    return AbandonedLimit.isSuspect(claim)
        ? onFailure(claim, new Outcome.Failed(true, cause, Duration.ZERO), policy)
        : again(claim, cause, policy);
  }

  private Resolution again(Claim claim, FailureCause cause, RetryPolicy policy) {
    long most = Math.min(policy.ceiling(1).toMillis(), LONGEST_SPREAD.toMillis());
    Duration wait = Duration.ofMillis(random.nextLong(most + 1));
    Instant now = clock.instant();
    Duration age = Duration.between(claim.event().deliverAt(), now);
    return policy.isTooOld(age, wait)
        ? new Resolution.DeadLetter(cause)
        : new Resolution.Retry(now.plus(wait), cause);
  }

  private Resolution onFailure(Claim claim, Outcome.Failed failed, RetryPolicy policy) {
    return switch (policy.decide(failure(claim, failed), random)) {
      case RetryDecision.RetryAfter(Duration delay) ->
          new Resolution.Retry(clock.instant().plus(delay), failed.cause());
      case RetryDecision.GiveUp() -> new Resolution.DeadLetter(failed.cause());
    };
  }

  private RetryPolicy.Failure failure(Claim claim, Outcome.Failed failed) {
    Duration age = Duration.between(claim.event().deliverAt(), clock.instant());
    return new RetryPolicy.Failure(
        failed.isRetryable(), claim.attempts().spent(), failed.retryAfter(), age);
  }
}
