package dev.sluice.domain.time;

import java.time.Duration;

/// A span that began when this was made. Measured by the monotonic counter, so that setting the
/// wall clock neither ends it early nor makes it last longer.
///
/// @param time the counter
/// @param end where it ends
public record TimeLimit(TimeSource time, long end) {

  /// What the difference of two readings can tell: 146 years.
  private static final Duration LONGEST = Duration.ofNanos(1L << 62);

  /// Ends after `span`, at once when it is negative.
  public static TimeLimit of(TimeSource time, Duration span) {
    Duration bounded = span.compareTo(LONGEST) < 0 ? span : LONGEST;
    long nanos = bounded.isNegative() ? 0 : bounded.toNanos();
    return new TimeLimit(time, time.nanoTime() + nanos);
  }

  /// Whether the span has passed.
  public boolean isOver() {
    return time.nanoTime() - end >= 0;
  }

  /// What is left of it, at least zero.
  public Duration rest() {
    return Duration.ofNanos(Math.max(0, end - time.nanoTime()));
  }
}
