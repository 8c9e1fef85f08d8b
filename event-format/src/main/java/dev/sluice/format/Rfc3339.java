package dev.sluice.format;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/// Parses times exactly as RFC 3339, 5.6 defines them: the JDK's parsers accept what it forbids (a
/// point without digits, offsets without minutes) and reject what it allows (more than nine digits,
/// offsets beyond 18 hours).
final class Rfc3339 {

  private static final int SHORTEST = "2026-01-02T03:04:05Z".length();
  private static final int END_OF_SECONDS = "2026-01-02T03:04:05".length();
  private static final int OFFSET_LENGTH = "+01:00".length();
  private static final int NANO_DIGITS = 9;
  private static final int LEAP_SECOND = 60;

  /// Differs from every value of a field.
  private static final int NONE = Integer.MIN_VALUE;

  private Rfc3339() {}

  /// Parses a time. Digits beyond nanoseconds are cut off; a leap second is read as the second
  /// before it.
  static Optional<Instant> parse(String text) {
    if (text.length() < SHORTEST || !hasSeparators(text)) {
      return Optional.empty();
    }
    int offsetAt = endOfFraction(text);
    int offset = offsetSeconds(text, offsetAt);
    int year = number(text, 0, 4);
    if (offset == NONE || year == NONE) {
      return Optional.empty();
    }
    int second = number(text, 17, 2);
    boolean isLeap = second == LEAP_SECOND;
    try {
      long epochSecond =
          LocalDateTime.of(
                      year,
                      number(text, 5, 2),
                      number(text, 8, 2),
                      number(text, 11, 2),
                      number(text, 14, 2),
                      isLeap ? LEAP_SECOND - 1 : second)
                  .toEpochSecond(ZoneOffset.UTC)
              - offset;
      return isLeap && !canPrecedeLeap(epochSecond)
          ? Optional.empty()
          : Optional.of(Instant.ofEpochSecond(epochSecond, nanos(text, offsetAt)));
    } catch (DateTimeException e) {
      // A field is out of range or not a number.
      return Optional.empty();
    }
  }

  private static boolean hasSeparators(String text) {
    char letter = text.charAt(10);
    return text.charAt(4) == '-'
        && text.charAt(7) == '-'
        && (letter == 'T' || letter == 't')
        && text.charAt(13) == ':'
        && text.charAt(16) == ':';
  }

  /// Returns where the offset begins: after the seconds if there is no fraction.
  private static int endOfFraction(String text) {
    int end = END_OF_SECONDS;
    if (text.charAt(end) != '.') {
      return end;
    }
    do {
      end++;
    } while (end < text.length() && isDigit(text.charAt(end)));
    boolean hasDigits = end > END_OF_SECONDS + 1;
    return hasDigits ? end : text.length();
  }

  private static int nanos(String text, int fractionEnd) {
    int nanos = 0;
    for (int digit = 1; digit <= NANO_DIGITS; digit++) {
      int at = END_OF_SECONDS + digit;
      nanos = nanos * 10 + (at < fractionEnd ? text.charAt(at) - '0' : 0);
    }
    return nanos;
  }

  /// Returns the offset at the end of the text: `Z`, or a sign, hours up to 23 and minutes up to
  /// 59.
  private static int offsetSeconds(String text, int at) {
    int length = text.length() - at;
    if (length == 1 && (text.charAt(at) == 'Z' || text.charAt(at) == 'z')) {
      return 0;
    }
    boolean hasShape =
        length == OFFSET_LENGTH
            && (text.charAt(at) == '+' || text.charAt(at) == '-')
            && text.charAt(at + 3) == ':';
    int hours = hasShape ? number(text, at + 1, 2) : NONE;
    int minutes = hasShape ? number(text, at + 4, 2) : NONE;
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
      return NONE;
    }
    int seconds = (hours * 60 + minutes) * 60;
    return text.charAt(at) == '-' ? -seconds : seconds;
  }

  /// Leap seconds are the last second of a month in UTC.
  private static boolean canPrecedeLeap(long epochSecond) {
    LocalDateTime next = LocalDateTime.ofEpochSecond(epochSecond + 1, 0, ZoneOffset.UTC);
    return next.getDayOfMonth() == 1 && next.toLocalTime().toSecondOfDay() == 0;
  }

  private static int number(String text, int start, int digits) {
    int number = 0;
    for (int at = start; at < start + digits; at++) {
      if (!isDigit(text.charAt(at))) {
        return NONE;
      }
      number = number * 10 + text.charAt(at) - '0';
    }
    return number;
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }
}
