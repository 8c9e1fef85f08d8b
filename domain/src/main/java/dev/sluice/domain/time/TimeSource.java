package dev.sluice.domain.time;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// The wall clock, and a monotonic counter that cannot be set.
///
/// The wall clock is for times that are stored and shown. Durations and intervals are measured with
/// [#nanoTime], because the wall clock can be set back or forward at any moment.
public interface TimeSource extends InstantSource {

  /// Returns nanoseconds from an arbitrary origin. Never goes back; it may stand still while the
  /// machine is suspended. Only differences have a meaning.
  long nanoTime();

  /// Combines a wall clock and a counter.
  static TimeSource of(InstantSource wall, LongSupplier nanoTime) {
    return new TimeSource() {
      @Override
      public Instant instant() {
        return wall.instant();
      }

      @Override
      public long nanoTime() {
        return nanoTime.getAsLong();
      }
    };
  }
}
