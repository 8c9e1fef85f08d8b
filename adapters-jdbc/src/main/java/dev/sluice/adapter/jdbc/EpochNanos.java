package dev.sluice.adapter.jdbc;

import java.time.Instant;

/// Times as the database keeps them: nanoseconds since 1970, good for the years 1678 to 2261.
final class EpochNanos {

  private static final long SECOND = 1_000_000_000;

  private EpochNanos() {}

  /// Times outside of the range become its ends.
  static long of(Instant time) {
    if (time.getEpochSecond() >= Long.MAX_VALUE / SECOND) {
      return Long.MAX_VALUE;
    }
    if (time.getEpochSecond() <= Long.MIN_VALUE / SECOND) {
      return Long.MIN_VALUE;
    }
    return time.getEpochSecond() * SECOND + time.getNano();
  }

  static Instant toInstant(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
  }
}
