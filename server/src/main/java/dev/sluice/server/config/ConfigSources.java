package dev.sluice.server.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Gathers the settings. Precedence: command line, environment, file, default.
public final class ConfigSources {

  private final Map<ConfigKey, Setting> settings = new EnumMap<>(ConfigKey.class);
  private final List<String> errors = new ArrayList<>();

  private ConfigSources() {
    for (ConfigKey key : ConfigKey.values()) {
      settings.put(key, new Setting(key.defaultText(), "default"));
    }
  }

  /// Returns the setting of each key and the errors of the sources. The errors are not thrown here:
  /// they are reported together with those of the values.
  ///
  /// @param commandLine the options, by the name of the environment variable
  /// @param environment the environment variables
  /// @param file the configuration file; by default `sluice.yaml` in the working folder, if there
  ///   is one
  public static Gathered gather(
      Map<String, String> commandLine, Map<String, String> environment, Optional<Path> file) {
    var sources = new ConfigSources();
    ConfigFile fromFile = ConfigFile.read(file);
    sources.errors.addAll(fromFile.errors());
    sources.take(fromFile.values(), fromFile.name());
    // Many tools unset a variable by setting it to an empty text.
    var given = new HashMap<>(environment);
    given.values().removeIf(String::isEmpty);
    sources.take(given, "environment");
    sources.take(commandLine, Gathered.COMMAND_LINE);
    return new Gathered(sources.settings, sources.errors);
  }

  private void take(Map<String, String> source, String origin) {
    for (ConfigKey key : ConfigKey.values()) {
      String text = source.get(key.name());
      String file = key.isSecret() ? source.get(key.fileVariant()) : null;
      if (text != null && file != null) {
        errors.add(
            "%s and %s are both given (%s): remove one".formatted(key, key.fileVariant(), origin));
      } else if (text != null) {
        settings.put(key, new Setting(text.strip(), origin));
      } else if (file != null) {
        takeFile(key, file, origin);
      }
    }
  }

  private void takeFile(ConfigKey key, String file, String origin) {
    switch (SecretFile.read(file)) {
      case SecretFile.Read.Text(String text) ->
          settings.put(key, new Setting(text, origin + ", " + file));
      case SecretFile.Read.Unusable(String reason) ->
          errors.add(
              "%s must be a file that holds %s, but is '%s' (%s): %s"
                  .formatted(key.fileVariant(), key, file, origin, reason));
    }
  }
}
