package dev.sluice.adapter.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/// Times as the database stores them: nanoseconds since 1970, valid for the years 1678 to 2261.
public final class EpochNanos {

  private static final long SECOND = 1_000_000_000;

  /// 2^62 nanoseconds, 146 years.
  private static final long LONGEST = 1L << 62;

  private EpochNanos() {}

  /// Converts a time; times outside the range become its ends.
  public static long of(Instant time) {
    if (time.getEpochSecond() >= Long.MAX_VALUE / SECOND) {
      return Long.MAX_VALUE;
    }
    if (time.getEpochSecond() <= Long.MIN_VALUE / SECOND) {
      return Long.MIN_VALUE;
    }
    return time.getEpochSecond() * SECOND + time.getNano();
  }

  /// Returns the time from `from` to `to`, negative when `to` is earlier: at most [#LONGEST], so
  /// that a statement can add it to any time of these centuries or subtract it.
  public static long between(Instant from, Instant to) {
    long earlier = of(from);
    long later = of(to);
    long span = later - earlier;
    boolean overflows = ((later ^ earlier) & (later ^ span)) < 0;
    return overflows ? (later < 0 ? -LONGEST : LONGEST) : Math.clamp(span, -LONGEST, LONGEST);
  }

  /// Converts a duration that a statement adds to a time: at most [#LONGEST].
  public static long span(Duration span) {
    return Math.min(TimeUnit.NANOSECONDS.convert(span), LONGEST);
  }

  public static Instant toInstant(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
  }
}
