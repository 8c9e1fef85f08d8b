package dev.sluice.admin.api;

import java.time.Duration;
import java.util.Optional;

/// How a request failed.
public sealed interface Fault {

  /// There was no response, or it was incomplete.
  record Unreachable(String why) implements Fault {}

  /// The response does not come from a Sluice that this console can read.
  record Garbage(String why) implements Fault {}

  /// 401: the key is missing or invalid. A retry with the same key does not help.
  record KeyRefused(String why) implements Fault {}

  /// 403: the key is valid, but its role is not sufficient.
  record Forbidden(String why, Optional<String> requiredRole) implements Fault {}

  /// 429 or 503: the service is busy.
  ///
  /// @param retryAfter how long the service asks to wait; zero when it does not say
  record Busy(int status, String why, Duration retryAfter) implements Fault {}

  /// Any other response that is not a success.
  record Refused(Problem problem) implements Fault {}

  /// Returns what happened, for the user.
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

  /// Whether the event or job was not in the expected state (409).
  default boolean isConflict() {
    return this instanceof Refused(Problem problem) && problem.status() == 409;
  }

  /// Whether the requested object does not exist (404).
  default boolean isMissing() {
    return this instanceof Refused(Problem problem) && problem.status() == 404;
  }

  /// Whether the object was changed by another caller in the meantime (412).
  default boolean isOutdated() {
    return this instanceof Refused(Problem problem) && problem.status() == 412;
  }
}
