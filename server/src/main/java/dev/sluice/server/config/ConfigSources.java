package dev.sluice.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Gathers settings: the command line over the environment over the file over the default.
public final class ConfigSources {

  private static final Path DEFAULT_FILE = Path.of("sluice.yaml");

  private ConfigSources() {}

  /// The setting of each key.
  ///
  /// @param commandLine what was given as options
  /// @param environment the environment variables
  /// @param file the file; `sluice.yaml` in the working folder, if there is one, when absent
  /// @throws ConfigException when the file cannot be read or has a key that is not known
  public static Map<ConfigKey, Setting> gather(
      Map<ConfigKey, String> commandLine, Map<String, String> environment, Optional<Path> file) {
    var settings = new EnumMap<ConfigKey, Setting>(ConfigKey.class);
    for (ConfigKey key : ConfigKey.values()) {
      settings.put(key, new Setting(key.defaultText(), "default"));
    }
    settings.putAll(fromFile(file));
    for (ConfigKey key : ConfigKey.values()) {
      String fromEnvironment = environment.get(key.name());
      // An empty variable is how many tools unset one.
      if (fromEnvironment != null && !fromEnvironment.isEmpty()) {
        settings.put(key, new Setting(fromEnvironment.strip(), "environment"));
      }
    }
    commandLine.forEach(
        (key, text) -> settings.put(key, new Setting(text.strip(), "command line")));
    return settings;
  }

  private static Map<ConfigKey, Setting> fromFile(Optional<Path> named) {
    Path file = named.orElse(DEFAULT_FILE);
    if (named.isEmpty() && !Files.exists(file)) {
      return Map.of();
    }
    var settings = new EnumMap<ConfigKey, Setting>(ConfigKey.class);
    List<String> errors = new ArrayList<>();
    for (Map.Entry<?, ?> entry : read(file).entrySet()) {
      String name = String.valueOf(entry.getKey());
      Optional<ConfigKey> key = ConfigKey.fromFile(name);
      if (key.isEmpty()) {
        errors.add(file + ": " + name + " is not a key; see ./sluice config");
      } else if (entry.getValue() instanceof Map || entry.getValue() instanceof List) {
        errors.add(file + ": " + name + " must be a single value");
      } else if (entry.getValue() != null) {
        settings.put(key.get(), new Setting(String.valueOf(entry.getValue()), file.toString()));
      }
    }
    if (!errors.isEmpty()) {
      throw new ConfigException(errors);
    }
    return settings;
  }

  private static Map<?, ?> read(Path file) {
    try {
      Object document =
          new Load(LoadSettings.builder().setLabel(file.toString()).build())
              .loadFromString(Files.readString(file));
      if (document == null) {
        return Map.of();
      }
      if (document instanceof Map<?, ?> map) {
        return map;
      }
      throw new ConfigException(List.of(file + ": expected lines such as port: 8080"));
    } catch (IOException e) {
      throw new ConfigException(List.of(file + " cannot be read: " + e.getMessage()));
    } catch (YamlEngineException e) {
      throw new ConfigException(List.of(file + " is not valid YAML: " + e.getMessage()));
    }
  }
}
