package dev.sluice.domain.time;

import java.time.Duration;
import java.time.Instant;

/// A reading of both clocks at one moment. Two readings show whether the wall clock was set back in
/// between.
///
/// @param wall time of the wall clock
/// @param nanos reading of the monotonic counter
public record ClockReading(Instant wall, long nanos) {

  /// Smaller steps are ignored.
  private static final Duration SMALL = Duration.ofSeconds(1);

  /// Reads both clocks.
  public static ClockReading of(TimeSource time) {
    return new ClockReading(time.instant(), time.nanoTime());
  }

  /// Returns by how much the wall clock was set back between this reading and a later one; zero
  /// when it was not, or by less than a second.
  public Duration setBackUntil(ClockReading later) {
    Instant expected = wall.plusNanos(later.nanos - nanos);
    Duration missing = Duration.between(later.wall, expected);
    return missing.compareTo(SMALL) < 0 ? Duration.ZERO : missing;
  }
}
