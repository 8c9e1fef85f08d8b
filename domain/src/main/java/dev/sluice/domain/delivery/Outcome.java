package dev.sluice.domain.delivery;

import java.time.Duration;
import java.util.Objects;

/// What a handler reports about one attempt.
public sealed interface Outcome {

  /// The event was processed.
  Outcome SUCCEEDED = new Succeeded();

  /// A failure that may pass when tried again.
  static Outcome failed(String error, String message) {
    return new Failed(
        true, new FailureCause(FailureCause.Kind.HANDLER, error, message), Duration.ZERO);
  }

  /// A failure that no repetition will mend: straight to the dead letters.
  static Outcome failedForGood(String error, String message) {
    return new Failed(
        false, new FailureCause(FailureCause.Kind.HANDLER, error, message), Duration.ZERO);
  }

  /// The event was processed.
  record Succeeded() implements Outcome {}

  /// The event was not processed.
  ///
  /// @param isRetryable whether trying again can help
  /// @param cause what went wrong
  /// @param retryAfter the shortest wait the receiver asked for; zero when it asked for none
  record Failed(boolean isRetryable, FailureCause cause, Duration retryAfter) implements Outcome {

    /// @throws NullPointerException when the cause or the wait is missing
    public Failed {
      Objects.requireNonNull(cause, "a failure needs a cause");
      Objects.requireNonNull(retryAfter, "a failure without a wait has a wait of zero");
    }
  }
}
