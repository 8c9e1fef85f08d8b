package dev.sluice.domain.time;

import java.time.Duration;

/// A span that began when this object was created. It is measured by the monotonic counter, so that
/// setting the wall clock neither shortens nor lengthens it.
///
/// @param time the counter
/// @param end reading of the counter at which the span ends
public record TimeLimit(TimeSource time, long end) {

  /// The longest span that the difference of two readings can express: 146 years.
  private static final Duration LONGEST = Duration.ofNanos(1L << 62);

  /// Returns a limit that ends after `span`, at once if that is negative.
  public static TimeLimit of(TimeSource time, Duration span) {
    Duration bounded = span.compareTo(LONGEST) < 0 ? span : LONGEST;
    long nanos = bounded.isNegative() ? 0 : bounded.toNanos();
    return new TimeLimit(time, time.nanoTime() + nanos);
  }

  /// Returns whether the span has passed.
  public boolean isOver() {
    return time.nanoTime() - end >= 0;
  }

  /// Returns the time that is left, at least zero.
  public Duration rest() {
    return Duration.ofNanos(Math.max(0, end - time.nanoTime()));
  }
}
