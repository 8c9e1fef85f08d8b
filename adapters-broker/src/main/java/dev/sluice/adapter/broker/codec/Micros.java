package dev.sluice.adapter.broker.codec;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

/// Times as Redis stores them: microseconds since 1970, which a score of a sorted set holds exactly
/// until the year 2255.
public final class Micros {

  /// 2^53: a score is exact up to here.
  static final long LARGEST = 1L << 53;

  private Micros() {}

  /// Returns a time in microseconds. Times outside the range become its ends.
  public static long of(Instant time) {
    if (time.getEpochSecond() >= LARGEST / 1_000_000) {
      return LARGEST;
    }
    return time.isBefore(Instant.EPOCH) ? 0 : ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  public static String text(Instant time) {
    return Long.toString(of(time));
  }

  /// Returns a duration in whole microseconds. Durations of more than 142 years become 142 years,
  /// so that scripts can add them to the time.
  public static String text(Duration time) {
    return Long.toString(Math.min(TimeUnit.MICROSECONDS.convert(time), LARGEST / 2));
  }

  public static Instant toInstant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  public static Instant toInstant(String micros) {
    return toInstant(Long.parseLong(micros));
  }
}
