package dev.sluice.server.config;

import java.util.List;
import java.util.Map;

/// All settings with the origin of each, and the errors of their sources.
///
/// @param settings one for each key
/// @param errors one line each
public record Gathered(Map<ConfigKey, Setting> settings, List<String> errors) {

  static final String COMMAND_LINE = "command line";

  /// Copies the errors.
  public Gathered {
    errors = List.copyOf(errors);
  }

  /// Returns a line for each secret on the command line, which all users of a machine can read.
  public List<String> warnings() {
    return settings.entrySet().stream()
        .filter(entry -> entry.getValue().origin().equals(COMMAND_LINE))
        .map(Map.Entry::getKey)
        .filter(key -> key.isSecret() && showsSecret(key))
        .map(
            key ->
                "%s is on the command line, where every user of this machine can read it; use %s or"
                        .formatted(key, key.fileOption())
                    + " the environment")
        .toList();
  }

  private boolean showsSecret(ConfigKey key) {
    String text = settings.getOrDefault(key, new Setting("", "")).text();
    return !key.shown(text).equals(text);
  }
}
