package dev.sluice.adapter.broker.codec;

import java.time.Instant;
import java.util.Optional;

/// Times as texts: nanoseconds since 1970, good until the year 2262. All have the same length, so
/// that they are in the order of time where Redis orders texts.
public final class Nanos {

  /// How long each text is.
  public static final int DIGITS = 19;

  private static final long SECOND = 1_000_000_000;

  private Nanos() {}

  /// Times outside of the range become its ends.
  public static String text(Instant time) {
    return "%019d".formatted(of(time));
  }

  private static long of(Instant time) {
    if (time.getEpochSecond() >= Long.MAX_VALUE / SECOND) {
      return Long.MAX_VALUE;
    }
    return time.isBefore(Instant.EPOCH) ? 0 : time.getEpochSecond() * SECOND + time.getNano();
  }

  /// The text is empty where there is no time.
  public static String text(Optional<Instant> time) {
    return time.map(Nanos::text).orElse("");
  }

  public static Instant toInstant(String text) {
    long nanos = Long.parseLong(text);
    return Instant.ofEpochSecond(nanos / SECOND, nanos % SECOND);
  }

  /// Nothing for an empty text.
  public static Optional<Instant> toOptional(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(toInstant(text));
  }
}
