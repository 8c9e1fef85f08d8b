package dev.sluice.domain.delivery;

import java.time.Duration;
import java.util.Objects;

/// The outcome of an attempt, as a handler reports it.
public sealed interface Outcome {

  /// The event was processed.
  Outcome SUCCEEDED = new Succeeded();

  /// Returns a failure that a retry may fix.
  static Outcome failed(String error, String message) {
    return new Failed(
        true, new FailureCause(FailureCause.Kind.HANDLER, error, message), Duration.ZERO);
  }

  /// Returns a failure that no retry can fix: the delivery becomes a dead letter at once.
  static Outcome failedForGood(String error, String message) {
    return new Failed(
        false, new FailureCause(FailureCause.Kind.HANDLER, error, message), Duration.ZERO);
  }

  /// The event was processed.
  record Succeeded() implements Outcome {}

  /// The event was not processed.
  ///
  /// @param isRetryable whether a retry can help
  /// @param cause what went wrong
  /// @param retryAfter the shortest wait that the receiver asked for; zero when it asked for none
  record Failed(boolean isRetryable, FailureCause cause, Duration retryAfter) implements Outcome {

    /// @throws NullPointerException when `cause` or `retryAfter` is null
    public Failed {
      Objects.requireNonNull(cause, "a failure needs a cause");
      Objects.requireNonNull(retryAfter, "retryAfter must not be null; use zero for no wait");
    }
  }
}
