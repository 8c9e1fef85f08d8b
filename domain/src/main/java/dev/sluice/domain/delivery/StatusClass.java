package dev.sluice.domain.delivery;

import java.util.Arrays;
import java.util.Optional;

/// The class of the status of a [Response], by which attempts are filtered.
public enum StatusClass {
  /// No complete response came.
  NONE("none"),
  SUCCESS("2xx"),
  REDIRECTION("3xx"),
  CLIENT_ERROR("4xx"),

  /// Includes statuses that no final response may have; see RFC 9110, 15.
  SERVER_ERROR("5xx");

  private final String wireName;

  StatusClass(String wireName) {
    this.wireName = wireName;
  }

  /// Returns the class of a status; 0 stands for none.
  public static StatusClass of(int status) {
    return switch (status / 100) {
      case 0 -> NONE;
      case 2 -> SUCCESS;
      case 3 -> REDIRECTION;
      case 4 -> CLIENT_ERROR;
      default -> SERVER_ERROR;
    };
  }

  /// Returns the class with this name, if there is one.
  public static Optional<StatusClass> ofWireName(String name) {
    return Arrays.stream(values()).filter(one -> one.wireName.equals(name)).findAny();
  }

  /// Returns the first digit of its statuses, by which storages name it; 0 for [#NONE].
  public int digit() {
    return switch (this) {
      case NONE -> 0;
      case SUCCESS -> 2;
      case REDIRECTION -> 3;
      case CLIENT_ERROR -> 4;
      case SERVER_ERROR -> 5;
    };
  }

  /// Returns the name in requests, such as `5xx`.
  public String wireName() {
    return wireName;
  }
}
