package dev.sluice.domain.subscription;

import java.time.Duration;

/// What a [RetryPolicy] makes of a failed attempt.
public sealed interface RetryDecision {

  /// Try again after this wait.
  record RetryAfter(Duration delay) implements RetryDecision {}

  /// No further attempt: the delivery becomes a dead letter.
  record GiveUp() implements RetryDecision {}
}
