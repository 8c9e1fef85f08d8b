package dev.sluice.domain.subscription;

import java.time.Duration;

/// The decision of a [RetryPolicy] on a failed attempt.
public sealed interface RetryDecision {

  /// Retry after this wait.
  record RetryAfter(Duration delay) implements RetryDecision {}

  /// Do not retry: the delivery becomes a dead letter.
  record GiveUp() implements RetryDecision {}
}
