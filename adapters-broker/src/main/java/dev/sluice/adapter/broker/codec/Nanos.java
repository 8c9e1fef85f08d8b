package dev.sluice.adapter.broker.codec;

import java.time.Instant;
import java.util.Optional;

/// Times as texts: nanoseconds since 1970, valid until the year 2262. All have the same length, so
/// that Redis orders these texts by time.
public final class Nanos {

  /// The length of each text.
  public static final int DIGITS = 19;

  private static final long SECOND = 1_000_000_000;

  private Nanos() {}

  /// Returns a time as text. Times outside the range become its ends.
  public static String text(Instant time) {
    return "%019d".formatted(of(time));
  }

  private static long of(Instant time) {
    if (time.getEpochSecond() >= Long.MAX_VALUE / SECOND) {
      return Long.MAX_VALUE;
    }
    return time.isBefore(Instant.EPOCH) ? 0 : time.getEpochSecond() * SECOND + time.getNano();
  }

  /// Returns a time as text; empty for none.
  public static String text(Optional<Instant> time) {
    return time.map(Nanos::text).orElse("");
  }

  public static Instant toInstant(String text) {
    long nanos = Long.parseLong(text);
    return Instant.ofEpochSecond(nanos / SECOND, nanos % SECOND);
  }

  /// Returns a time from its text; empty for an empty text.
  public static Optional<Instant> toOptional(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(toInstant(text));
  }
}
