package dev.sluice.server.config;

import dev.sluice.domain.text.NearestName;
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
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// The settings in a YAML file.
///
/// @param name of the file
/// @param values by the name of the environment variable
/// @param errors one line each
record ConfigFile(String name, Map<String, String> values, List<String> errors) {

  /// The member that declares subscriptions.
  private static final String SUBSCRIPTIONS = "subscriptions";

  private static final Path DEFAULT_FILE = Path.of("sluice.yaml");

  /// Reads the named file, or `sluice.yaml` in the working folder if it exists.
  static ConfigFile read(Optional<Path> named) {
    Path file = named.orElse(DEFAULT_FILE);
    if (named.isEmpty() && !Files.exists(file)) {
      return new ConfigFile(file.toString(), Map.of(), List.of());
    }
    var reading = new ConfigFile(file.toString(), new HashMap<>(), new ArrayList<>());
    Map<?, ?> members = parse(file, reading.errors);
    members.forEach((name, value) -> reading.take(String.valueOf(name), value));
    if (members.containsKey(SUBSCRIPTIONS)) {
      reading.takeSubscriptions();
    }
    return reading;
  }

  private void take(String member, @Nullable Object value) {
    String key = member.toUpperCase(Locale.ROOT);
    if (member.equals(SUBSCRIPTIONS)) {
      return;
    }
    if (!names().contains(key)) {
      errors.add(name + ": " + member + " is not a key" + suggestion(member));
    } else if (value instanceof Map || value instanceof List) {
      errors.add(name + ": " + member + " must be a single value");
    } else if (value != null && values.put(key, String.valueOf(value)) != null) {
      errors.add(name + ": " + member + " is given twice, in upper and lower case: remove one");
    }
  }

  /// The file itself then declares the subscriptions; they are read when they are applied.
  private void takeSubscriptions() {
    if (values.putIfAbsent(ConfigKey.SUBSCRIPTIONS_FILE.name(), name) != null) {
      errors.add(name + ": subscriptions and subscriptions_file are both given: remove one");
    }
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
