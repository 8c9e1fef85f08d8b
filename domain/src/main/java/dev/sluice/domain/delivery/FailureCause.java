package dev.sluice.domain.delivery;

import dev.sluice.domain.event.StorableText;
import java.util.Objects;

/// Why an attempt failed, for people to read and to group similar failures.
///
/// @param kind what ended the attempt
/// @param error the class of the error, such as an exception's simple name
/// @param message the handler's message, cut to [#MAX_MESSAGE_LENGTH]; NUL and unpaired surrogates,
///   which no text can hold, are replaced by U+FFFD
public record FailureCause(Kind kind, String error, String message) {

  /// Longer messages are cut to this many UTF-16 units, so that a handler cannot fill a storage
  /// with its errors.
  public static final int MAX_MESSAGE_LENGTH = 1_000;

  /// Longer class names are cut; real ones are shorter, but a handler may pass any text.
  public static final int MAX_ERROR_LENGTH = 200;

  /// @throws NullPointerException when a component is null
  public FailureCause {
    Objects.requireNonNull(kind, "a cause needs a kind");
    Objects.requireNonNull(error, "a cause needs an error");
    Objects.requireNonNull(message, "a cause needs a message");
    error = StorableText.of(error, MAX_ERROR_LENGTH);
    message = StorableText.of(message, MAX_MESSAGE_LENGTH);
  }

  /// Returns whether the worker stopped responding.
  public boolean isAbandonment() {
    return kind == Kind.ABANDONED;
  }

  /// What ended a failed attempt.
  public enum Kind {
    /// The handler reported a failure or threw an exception.
    HANDLER,
    /// The handler exceeded the time limit of an attempt.
    TIMEOUT,
    /// The worker's lease expired before the worker reported an outcome.
    ABANDONED
  }
}
