package dev.sluice.application.work;

import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.subscription.RetryDecision;
import dev.sluice.domain.subscription.RetryPolicy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// Decides what becomes of a delivery after an attempt.
final class Verdicts {

  private final Handlers handlers;
  private final InstantSource clock;
  private final RandomGenerator random;

  Verdicts(Handlers handlers, InstantSource clock, RandomGenerator random) {
    this.handlers = handlers;
    this.clock = clock;
    this.random = random;
  }

  /// After an attempt that its handler ended.
  Resolution on(Claim claim, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Succeeded() -> Resolution.COMPLETE;
      case Outcome.Failed failed -> onFailure(claim, failed);
    };
  }

  /// After an attempt whose worker went silent: the next one is due at once, because the delivery
  /// has waited for the whole lease already.
  Resolution onAbandoned(Claim claim) {
    var cause =
        new FailureCause(
            FailureCause.Kind.ABANDONED,
            "LeaseExpired",
            "worker " + claim.lease().worker() + " did not report before its lease ran out");
    boolean isRetried =
        handlers.policyOf(claim.subscription()).allowsRetryNow(failure(claim, true, Duration.ZERO));
    return isRetried
        ? new Resolution.Retry(clock.instant(), cause)
        : new Resolution.DeadLetter(cause);
  }

  private Resolution onFailure(Claim claim, Outcome.Failed failed) {
    return switch (decide(claim, failed.isRetryable(), failed.retryAfter())) {
      case RetryDecision.RetryAfter(Duration delay) ->
          new Resolution.Retry(clock.instant().plus(delay), failed.cause());
      case RetryDecision.GiveUp() -> new Resolution.DeadLetter(failed.cause());
    };
  }

  private RetryDecision decide(Claim claim, boolean isRetryable, Duration retryAfter) {
    RetryPolicy.Failure failure = failure(claim, isRetryable, retryAfter);
    return handlers.policyOf(claim.subscription()).decide(failure, random);
  }

  private RetryPolicy.Failure failure(Claim claim, boolean isRetryable, Duration retryAfter) {
    Duration age = Duration.between(claim.event().receivedAt(), clock.instant());
    return new RetryPolicy.Failure(isRetryable, claim.attempts().spent(), retryAfter, age);
  }
}
