package dev.sluice.domain.time;

import java.time.Duration;
import java.time.Instant;

/// What both clocks showed at one moment. Two of them tell whether the wall clock was set back in
/// between.
///
/// @param wall what the wall clock showed
/// @param nanos what the monotonic counter showed
public record ClockReading(Instant wall, long nanos) {

  /// Smaller steps are not worth the trouble.
  private static final Duration SMALL = Duration.ofSeconds(1);

  /// Both clocks now.
  public static ClockReading of(TimeSource time) {
    return new ClockReading(time.instant(), time.nanoTime());
  }

  /// By how much the wall clock was set back between this reading and a later one; zero when it was
  /// not, or by less than a second.
  public Duration setBackUntil(ClockReading later) {
    Instant expected = wall.plusNanos(later.nanos - nanos);
    Duration missing = Duration.between(later.wall, expected);
    return missing.compareTo(SMALL) < 0 ? Duration.ZERO : missing;
  }
}
