package dev.sluice.server.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads spans such as 500ms, 30s, 10m, 12h or 7d, of up to a hundred years: what is longer cannot
/// be added to every time that storages keep.
public final class Spans {

  private static final Pattern SPAN = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

  private static final Duration LONGEST = Duration.ofDays(36_500);

  private Spans() {}

  /// The span that a text names, which is longer than nothing and no longer than 36500d.
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
