package dev.sluice.server.config;

import dev.sluice.domain.text.DurationCodec;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads typed values and collects all errors, so that they are reported together.
final class ConfigReader {

  private final Map<ConfigKey, Setting> settings;

  /// The first error of each key; errors that follow from it would only confuse.
  private final Map<ConfigKey, String> errors = new LinkedHashMap<>();

  private final List<String> errorsOfSources;

  ConfigReader(Gathered gathered) {
    this.settings = gathered.settings();
    this.errorsOfSources = gathered.errors();
  }

  String text(ConfigKey key) {
    return setting(key).text();
  }

  boolean isGiven(ConfigKey key) {
    return !text(key).isEmpty();
  }

  long number(ConfigKey key, long least, long most) {
    try {
      long number = Long.parseLong(text(key));
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Falls through to the same error.
    }
    wrong(key, "a number from " + least + " to " + most);
    return least;
  }

  int integer(ConfigKey key, int least, int most) {
    return (int) number(key, least, most);
  }

  Duration millis(ConfigKey key, long least, long most) {
    return Duration.ofMillis(number(key, least, most));
  }

  double rate(ConfigKey key) {
    try {
      double rate = Double.parseDouble(text(key));
      if (rate >= 0 && rate <= 1e6) {
        return rate;
      }
    } catch (NumberFormatException e) {
      // Falls through to the same error.
    }
    wrong(key, "a number from 0 to 1000000");
    return 0;
  }

  /// Returns the path of a file or folder.
  Path path(ConfigKey key) {
    try {
      if (isGiven(key)) {
        return Path.of(text(key));
      }
    } catch (InvalidPathException e) {
      // Falls through to the same error.
    }
    wrong(key, "the path of a file or folder");
    return Path.of("");
  }

  /// Returns the value, in lower case, which must be one of these words.
  String oneOf(ConfigKey key, List<String> words) {
    String word = text(key).toLowerCase(Locale.ROOT);
    if (!words.contains(word)) {
      wrong(key, "one of " + String.join(", ", words));
    }
    return word;
  }

  boolean isOn(ConfigKey key) {
    return oneOf(key, List.of("on", "off", "true", "false")).matches("on|true");
  }

  /// Returns a duration such as 500ms, 30s, 10m, 12h or 7d.
  Duration span(ConfigKey key) {
    Optional<Duration> span = DurationCodec.decode(text(key)).filter(Duration::isPositive);
    if (span.isEmpty()) {
      wrong(key, "a duration such as 30s, 10m, 12h or 7d, at most 36500d");
    }
    return span.orElse(Duration.ofDays(1));
  }

  /// Records that the value of `key` is not what was expected.
  void wrong(ConfigKey key, String expected) {
    errors.putIfAbsent(
        key,
        key
            + " must be "
            + expected
            + ", but is '"
            + key.shown(text(key))
            + "' ("
            + setting(key).origin()
            + ")");
  }

  /// @throws ConfigException if any value or source had an error
  void throwIfWrong() {
    List<String> all = Stream.concat(errorsOfSources.stream(), errors.values().stream()).toList();
    if (!all.isEmpty()) {
      throw new ConfigException(all);
    }
  }

  private Setting setting(ConfigKey key) {
    Setting setting = settings.get(key);
    if (setting == null) {
      throw new IllegalArgumentException("no setting for " + key);
    }
    return setting;
  }
}
