package dev.sluice.server.config;

import java.util.List;

/// Thrown when the configuration is invalid; names every error in it.
public final class ConfigException extends RuntimeException {

  private final transient List<String> errors;

  ConfigException(List<String> errors) {
    super(String.join("\n", errors));
    this.errors = List.copyOf(errors);
  }

  /// Returns one line for each error: key, expected and actual value.
  public List<String> errors() {
    return errors;
  }
}
