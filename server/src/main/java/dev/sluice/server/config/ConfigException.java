package dev.sluice.server.config;

import java.util.List;

/// The configuration cannot be used; every error in it is named.
public final class ConfigException extends RuntimeException {

  private final transient List<String> errors;

  ConfigException(List<String> errors) {
    super(String.join("\n", errors));
    this.errors = List.copyOf(errors);
  }

  /// One line for each error, with key, value and what would be right.
  public List<String> errors() {
    return errors;
  }
}
