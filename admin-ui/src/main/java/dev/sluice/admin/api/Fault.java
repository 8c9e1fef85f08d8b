package dev.sluice.admin.api;

import java.time.Duration;
import java.util.Optional;

/// How a request went wrong.
public sealed interface Fault {

  /// There was no answer, or it broke off.
  record Unreachable(String why) implements Fault {}

  /// The answer is not one that Sluice gives.
  record Garbage(String why) implements Fault {}

  /// 401: no key, or not a good one. Asking again does not help.
  record KeyRefused(String why) implements Fault {}

  /// 403: the key is good and its role is not enough.
  record Forbidden(String why, Optional<String> requiredRole) implements Fault {}

  /// 429 or 503: later.
  ///
  /// @param retryAfter what the service asks to wait; zero when it does not say
  record Busy(int status, String why, Duration retryAfter) implements Fault {}

  /// Any other answer that is not a success.
  record Refused(Problem problem) implements Fault {}

  /// What happened, for a person.
  default String sentence() {
    return switch (this) {
      case Unreachable(String why) -> why;
      case Garbage(String why) -> why;
      case KeyRefused(String why) -> why;
      case Forbidden(String why, var _) -> why;
      case Busy(int _, String why, var _) -> why;
      case Refused(Problem problem) -> problem.sentence();
    };
  }

  /// Whether it is about an event or a job in another state than was taken for granted (409).
  default boolean isConflict() {
    return this instanceof Refused(Problem problem) && problem.status() == 409;
  }

  /// Whether what was asked for is not there (404).
  default boolean isMissing() {
    return this instanceof Refused(Problem problem) && problem.status() == 404;
  }
}
