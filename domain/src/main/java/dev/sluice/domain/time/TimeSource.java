package dev.sluice.domain.time;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// The wall clock, and beside it a counter that nobody can set.
///
/// The wall clock is for what is stored and shown. How long something takes, and when it is due
/// again, is measured with [#nanoTime]: the wall clock can be set back or forward at any moment.
public interface TimeSource extends InstantSource {

  /// Nanoseconds from an arbitrary origin. Never goes back; it may stand still while the machine is
  /// suspended. Only differences mean something.
  long nanoTime();

  /// Takes the two from different places.
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
