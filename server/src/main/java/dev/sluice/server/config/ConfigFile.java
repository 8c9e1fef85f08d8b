package dev.sluice.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// The settings in a YAML file.
///
/// @param name of the file
/// @param values by the name of the environment variable
/// @param errors one line each
record ConfigFile(String name, Map<String, String> values, List<String> errors) {

  private static final Path DEFAULT_FILE = Path.of("sluice.yaml");

  /// Reads the named file, or `sluice.yaml` in the working folder if it exists.
  static ConfigFile read(Optional<Path> named) {
    Path file = named.orElse(DEFAULT_FILE);
    if (named.isEmpty() && !Files.exists(file)) {
      return new ConfigFile(file.toString(), Map.of(), List.of());
    }
    var values = new HashMap<String, String>();
    var errors = new ArrayList<String>();
    for (Map.Entry<?, ?> entry : parse(file, errors).entrySet()) {
      String name = String.valueOf(entry.getKey());
      String key = name.toUpperCase(Locale.ROOT);
      if (!names().contains(key)) {
        errors.add(file + ": " + name + " is not a key" + suggestion(name));
      } else if (entry.getValue() instanceof Map || entry.getValue() instanceof List) {
        errors.add(file + ": " + name + " must be a single value");
      } else if (entry.getValue() != null
          && values.put(key, String.valueOf(entry.getValue())) != null) {
        errors.add(file + ": " + name + " is given twice, in upper and lower case: remove one");
      }
    }
    return new ConfigFile(file.toString(), values, errors);
  }

  private static List<String> names() {
    return Arrays.stream(ConfigKey.values())
        .flatMap(
            key ->
                key.isSecret() ? Stream.of(key.name(), key.fileVariant()) : Stream.of(key.name()))
        .toList();
  }

  private static String suggestion(String name) {
    List<String> known = names().stream().map(key -> key.toLowerCase(Locale.ROOT)).toList();
    return NearestName.of(name.toLowerCase(Locale.ROOT), known)
        .map(near -> "; did you mean " + near + "?")
        .orElse("; see ./sluice config");
  }

  private static Map<?, ?> parse(Path file, List<String> errors) {
    try {
      Object document =
          new Load(LoadSettings.builder().setLabel(file.toString()).build())
              .loadFromString(Files.readString(file));
      if (document instanceof Map<?, ?> map) {
        return map;
      }
      if (document != null) {
        errors.add(file + ": expected lines such as port: 8080");
      }
    } catch (IOException e) {
      errors.add(unreadable(file, e));
    } catch (YamlEngineException e) {
      errors.add(file + " is not valid YAML: " + e.getMessage());
    }
    return Map.of();
  }

  private static String unreadable(Path file, IOException error) {
    return "cannot read the configuration file "
        + file.toAbsolutePath()
        + ": "
        + FileErrors.reason(error);
  }
}
