package dev.sluice.admin.model;

import java.util.Optional;

/// The classes of HTTP statuses by which attempts are filtered.
public enum StatusClass {
  ALL("all"),
  SUCCESS("2xx"),
  REDIRECTION("3xx"),
  CLIENT_ERROR("4xx"),
  SERVER_ERROR("5xx"),
  NONE("none");

  private final String wireName;

  StatusClass(String wireName) {
    this.wireName = wireName;
  }

  /// Returns the name for the user.
  public String title() {
    return this == NONE ? "no response" : wireName;
  }

  /// Returns the name in the API; empty for all attempts.
  public Optional<String> wireName() {
    return this == ALL ? Optional.empty() : Optional.of(wireName);
  }
}
