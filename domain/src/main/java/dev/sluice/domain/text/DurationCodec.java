package dev.sluice.domain.text;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Durations as operators write them in configuration, files and requests: a whole number and a
/// unit, such as 250ms, 30s, 10m, 12h or 3d.
public final class DurationCodec {

  /// Longer durations would overflow when added to the times that storages keep: a hundred years.
  public static final Duration MAX = Duration.ofDays(36_500);

  /// [#MAX] in milliseconds has 13 digits.
  private static final int MAX_DIGITS = 13;

  /// Longest first, so that encoding finds the shortest text.
  private static final List<Unit> UNITS =
      List.of(
          new Unit("d", Duration.ofDays(1)),
          new Unit("h", Duration.ofHours(1)),
          new Unit("m", Duration.ofMinutes(1)),
          new Unit("s", Duration.ofSeconds(1)),
          new Unit("ms", Duration.ofMillis(1)));

  private DurationCodec() {}

  private record Unit(String name, Duration length) {}

  /// Returns the text that [#decode] reads, in the largest unit that is exact; zero is `0s`.
  ///
  /// @throws IllegalArgumentException when the duration is negative, longer than [#MAX], or not a
  ///   whole number of milliseconds
  public static String encode(Duration duration) {
    if (duration.isNegative() || duration.compareTo(MAX) > 0) {
      throw new IllegalArgumentException("duration must be 0s to 36500d, but was " + duration);
    }
    if (duration.isZero()) {
      return "0s";
    }
    for (Unit unit : UNITS) {
      long amount = duration.dividedBy(unit.length());
      if (unit.length().multipliedBy(amount).equals(duration)) {
        return amount + unit.name();
      }
    }
    throw new IllegalArgumentException(
        "duration must be a whole number of milliseconds, but was " + duration);
  }

  /// Returns the duration in a text; empty when the text is not a duration, or is one that is
  /// longer than [#MAX].
  public static Optional<Duration> decode(String text) {
    int digits = 0;
    while (digits < text.length() && isDigit(text.charAt(digits))) {
      digits++;
    }
    if (digits == 0 || digits > MAX_DIGITS) {
      return Optional.empty();
    }
    long amount = Long.parseLong(text.substring(0, digits));
    String name = text.substring(digits);
    return UNITS.stream()
        .filter(unit -> unit.name().equals(name))
        .filter(unit -> amount <= MAX.dividedBy(unit.length()))
        .findAny()
        .map(unit -> unit.length().multipliedBy(amount));
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }
}
