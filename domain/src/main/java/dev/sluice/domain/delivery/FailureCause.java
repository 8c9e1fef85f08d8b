package dev.sluice.domain.delivery;

import dev.sluice.domain.event.StorableText;
import java.util.Objects;

/// Why an attempt failed, for people to read and for groups of like failures.
///
/// @param kind what ended the attempt
/// @param error the class of the error, such as an exception's simple name
/// @param message what the handler said, cut to [#MAX_MESSAGE_LENGTH]; what no text can hold, NUL
///   and halves of surrogate pairs, is replaced by U+FFFD
public record FailureCause(Kind kind, String error, String message) {

  /// Longer messages are cut to this many UTF-16 units, so that no handler can fill a storage with
  /// its errors.
  public static final int MAX_MESSAGE_LENGTH = 1_000;

  /// Class names are shorter; a handler may say anything.
  public static final int MAX_ERROR_LENGTH = 200;

  /// @throws NullPointerException when one of the three is missing
  public FailureCause {
    Objects.requireNonNull(kind, "a cause needs a kind");
    Objects.requireNonNull(error, "a cause needs an error");
    Objects.requireNonNull(message, "a cause needs a message");
    error = StorableText.of(error, MAX_ERROR_LENGTH);
    message = StorableText.of(message, MAX_MESSAGE_LENGTH);
  }

  /// Whether the worker went silent.
  public boolean isAbandonment() {
    return kind == Kind.ABANDONED;
  }

  /// What ended a failed attempt.
  public enum Kind {
    /// The handler said so or threw.
    HANDLER,
    /// The handler took longer than an attempt may take.
    TIMEOUT,
    /// The worker's lease ran out before it reported anything.
    ABANDONED
  }
}
