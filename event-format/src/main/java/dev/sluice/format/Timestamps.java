package dev.sluice.format;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/// Parses times of producers and formats times for responses.
public final class Timestamps {

  private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  /// Numbers from here on are milliseconds; as seconds they would be in the year 5138 or later.
  private static final BigDecimal MILLISECONDS_FROM = BigDecimal.valueOf(100_000_000_000L);

  private static final BigDecimal LARGEST = BigDecimal.valueOf(LATEST.toEpochMilli());
  private static final int MILLIS_DIGITS = 3;

  private Timestamps() {}

  /// Parses RFC 3339, such as `2026-01-02T03:04:05.678Z` or with an offset; in UTC the time must be
  /// in the years 0 to 9999, because that is how it is shown.
  public static Optional<Instant> parse(String text) {
    return Rfc3339.parse(text).filter(Timestamps::isInRange);
  }

  /// Parses the text of a JSON number; see [#ofEpoch(BigDecimal)].
  public static Optional<Instant> ofEpoch(String number) {
    try {
      return ofEpoch(new BigDecimal(number));
    } catch (NumberFormatException e) {
      // Valid JSON, but the exponent is too large for Java.
      return Optional.empty();
    }
  }

  /// Converts seconds or milliseconds since 1970, with or without a fraction.
  public static Optional<Instant> ofEpoch(BigDecimal number) {
    BigDecimal size = number.abs();
    if (size.compareTo(LARGEST) > 0) {
      return Optional.empty();
    }
    BigDecimal millis =
        size.compareTo(MILLISECONDS_FROM) < 0 ? number.movePointRight(MILLIS_DIGITS) : number;
    return Optional.of(Instant.ofEpochMilli(millis.longValue())).filter(Timestamps::isInRange);
  }

  /// Formats a time as RFC 3339 in UTC with milliseconds. Does not use a formatter, because that
  /// takes longer than the rest of a response.
  public static String format(Instant time) {
    LocalDateTime utc =
        LocalDateTime.ofEpochSecond(time.getEpochSecond(), time.getNano(), ZoneOffset.UTC);
    char[] text = "0000-00-00T00:00:00.000Z".toCharArray();
    put(text, 0, 4, utc.getYear());
    put(text, 5, 2, utc.getMonthValue());
    put(text, 8, 2, utc.getDayOfMonth());
    put(text, 11, 2, utc.getHour());
    put(text, 14, 2, utc.getMinute());
    put(text, 17, 2, utc.getSecond());
    put(text, 20, 3, utc.getNano() / 1_000_000);
    return new String(text);
  }

  private static void put(char[] text, int start, int digits, int number) {
    int rest = number;
    for (int at = start + digits - 1; at >= start; at--) {
      text[at] = (char) ('0' + rest % 10);
      rest /= 10;
    }
  }

  private static boolean isInRange(Instant time) {
    return !time.isBefore(EARLIEST) && !time.isAfter(LATEST);
  }
}
