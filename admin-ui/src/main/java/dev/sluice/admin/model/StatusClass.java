package dev.sluice.admin.model;

import dev.sluice.admin.api.Response;
import java.util.Arrays;
import java.util.List;
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

  /// Returns the class of a response, as the service determines it.
  public static StatusClass of(Response response) {
    Integer status = response.status();
    return switch (status == null ? 0 : status / 100) {
      case 0 -> NONE;
      case 2 -> SUCCESS;
      case 3 -> REDIRECTION;
      case 4 -> CLIENT_ERROR;
      default -> SERVER_ERROR;
    };
  }

  /// Returns the classes without [#ALL].
  public static List<StatusClass> single() {
    return Arrays.stream(values()).filter(status -> status != ALL).toList();
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
