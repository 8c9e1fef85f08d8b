package dev.sluice.server.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Parses durations such as 500ms, 30s, 10m, 12h or 7d, of up to a hundred years: longer ones would
/// overflow when added to the times that storages keep.
public final class Spans {

  private static final Pattern SPAN = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

  private static final Duration LONGEST = Duration.ofDays(36_500);

  private Spans() {}

  /// Returns the duration, if the text is one that is positive and at most 36500d.
  public static Optional<Duration> parse(String text) {
    Matcher span = SPAN.matcher(text);
    if (!span.matches() || Long.parseLong(span.group(1)) == 0) {
      return Optional.empty();
    }
    long amount = Long.parseLong(span.group(1));
    Duration length =
        switch (span.group(2)) {
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          case "h" -> Duration.ofHours(amount);
          default -> Duration.ofDays(amount);
        };
    return length.compareTo(LONGEST) <= 0 ? Optional.of(length) : Optional.empty();
  }
}
