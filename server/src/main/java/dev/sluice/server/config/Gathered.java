package dev.sluice.server.config;

import java.util.List;
import java.util.Map;

/// All settings with where each comes from, and what is wrong with the places they come from.
///
/// @param settings one for each key
/// @param errors a line each
public record Gathered(Map<ConfigKey, Setting> settings, List<String> errors) {

  static final String COMMAND_LINE = "command line";

  /// Keeps its own copy of the errors.
  public Gathered {
    errors = List.copyOf(errors);
  }

  /// A line for each secret that others can see: all users of a machine see all command lines.
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
