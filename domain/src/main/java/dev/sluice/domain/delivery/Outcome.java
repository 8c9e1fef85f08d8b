package dev.sluice.domain.delivery;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/// The outcome of an attempt, as a handler reports it.
public sealed interface Outcome {

  /// The event was processed.
  Outcome SUCCEEDED = new Succeeded(Optional.empty());

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

  /// What the receiver answered, if the handler asked one.
  Optional<Response> response();

  /// The event was processed.
  record Succeeded(Optional<Response> response) implements Outcome {}

  /// The event was not processed.
  ///
  /// @param isRetryable whether a retry can help
  /// @param cause what went wrong
  /// @param retryAfter the shortest wait that the receiver asked for; zero when it asked for none
  /// @param response what the receiver answered
  record Failed(
      boolean isRetryable, FailureCause cause, Duration retryAfter, Optional<Response> response)
      implements Outcome {

    /// Creates a failure of a handler that asks no receiver.
    public Failed(boolean isRetryable, FailureCause cause, Duration retryAfter) {
      this(isRetryable, cause, retryAfter, Optional.empty());
    }

    /// @throws NullPointerException when `cause` or `retryAfter` is null
    public Failed {
      Objects.requireNonNull(cause, "a failure needs a cause");
      Objects.requireNonNull(retryAfter, "retryAfter must not be null; use zero for no wait");
    }
  }

  /// The attempt was not made, because the receiver must not be asked now: it does not count, and
  /// the delivery waits as it did before.
  ///
  /// @param reason a sentence that says why
  record NotMade(String reason) implements Outcome {

    @Override
    public Optional<Response> response() {
      return Optional.empty();
    }
  }

  /// The receiver wants no more events: the subscription is paused, and its deliveries wait until
  /// it is resumed. The attempt does not count.
  ///
  /// @param reason a sentence that says why
  /// @param response what the receiver answered
  record Unwanted(String reason, Optional<Response> response) implements Outcome {}
}
