package dev.sluice.adapter.webhook;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// The header `Retry-After`: seconds, or an HTTP date.
final class RetryAfter {

  private static final Duration LONGEST = Duration.ofDays(30);
  private static final Duration LEAST_CEILING = Duration.ofHours(1);

  private RetryAfter() {}

  /// Returns the wait that a receiver asks for; empty when it asks for nothing that makes sense: a
  /// time in the past, more than 30 days, or no time at all.
  static Optional<Duration> parse(String value, Instant now) {
    return wait(value.strip(), now)
        .filter(wait -> !wait.isNegative() && wait.compareTo(LONGEST) <= 0);
  }

  private static Optional<Duration> wait(String value, Instant now) {
    if (value.matches("[0-9]{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
    }
    try {
      ZonedDateTime date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
      return Optional.of(Duration.between(now, date.toInstant()));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /// Limits how long the other deliveries of a subscription pause: as long as the receiver asks
  /// for, and at most an hour. The own delay of the delivery that was asked to wait has nothing to
  /// do with them: it may be a day.
  static Duration pause(Duration asked) {
    return asked.compareTo(LEAST_CEILING) > 0 ? LEAST_CEILING : asked;
  }

  /// Limits a wait: at least the subscription's own delay, at most twice that or an hour, whichever
  /// is longer. A receiver can slow its own deliveries down, but not stop them.
  static Duration clamp(Duration wait, Duration ownDelay) {
    Duration twice = ownDelay.multipliedBy(2);
    Duration ceiling = twice.compareTo(LEAST_CEILING) > 0 ? twice : LEAST_CEILING;
    Duration atLeast = wait.compareTo(ownDelay) < 0 ? ownDelay : wait;
    return atLeast.compareTo(ceiling) > 0 ? ceiling : atLeast;
  }
}
