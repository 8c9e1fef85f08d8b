package dev.sluice.admin.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How long ago an event occurred: `<1h` for at most, `>30m` for at least, `1h..2h` for a range.
///
/// @param least empty for no lower bound
/// @param most empty for no upper bound
record Age(Optional<Duration> least, Optional<Duration> most) {

  private static final Pattern PART = Pattern.compile("(\\d{1,6})(ms|s|m|h|d|w)");

  /// Parses an age; empty if the text is not one.
  static Optional<Age> of(String text) {
    if (text.startsWith("<")) {
      return duration(text.substring(1)).map(most -> new Age(Optional.empty(), Optional.of(most)));
    }
    if (text.startsWith(">")) {
      return duration(text.substring(1))
          .map(least -> new Age(Optional.of(least), Optional.empty()));
    }
    int dots = text.indexOf("..");
    if (dots < 0) {
      return duration(text).map(most -> new Age(Optional.empty(), Optional.of(most)));
    }
    Optional<Duration> least = duration(text.substring(0, dots));
    Optional<Duration> most = duration(text.substring(dots + 2));
    boolean inOrder =
        least.isPresent() && most.isPresent() && least.get().compareTo(most.get()) <= 0;
    return inOrder ? Optional.of(new Age(least, most)) : Optional.empty();
  }

  private static Optional<Duration> duration(String text) {
    Matcher part = PART.matcher(text);
    if (!part.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(part.group(1));
    return Optional.of(
        switch (part.group(2)) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          case "d" -> Duration.ofDays(number);
          default -> Duration.ofDays(7 * number);
        });
  }

  /// Returns the earliest time in the range.
  Optional<Instant> start(Instant now) {
    return most.map(now::minus);
  }

  /// Returns the latest time in the range.
  Optional<Instant> end(Instant now) {
    return least.map(now::minus);
  }
}
