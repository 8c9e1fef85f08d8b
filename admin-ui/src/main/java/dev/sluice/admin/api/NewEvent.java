package dev.sluice.admin.api;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// An event to send.
///
/// @param id event id; empty to let the service generate one
/// @param payload JSON value, as text
public record NewEvent(
    Optional<String> id,
    String type,
    Optional<String> key,
    Optional<String> source,
    String payload) {

  /// Returns the request body. The payload is inserted as text, so that it arrives exactly as
  /// written.
  ///
  /// @throws IllegalArgumentException if the payload is not JSON, with a message for the user
  String json() {
    Map<String, Object> members = new LinkedHashMap<>();
    id.ifPresent(some -> members.put("event_id", some));
    members.put("event_type", type);
    key.ifPresent(some -> members.put("key", some));
    source.ifPresent(some -> members.put("source", some));
    var head = new String(Json.write(members), java.nio.charset.StandardCharsets.UTF_8);
    return head.substring(0, head.length() - 1) + ",\"payload\":" + checked(payload) + '}';
  }

  /// Returns why a text cannot be a payload; empty if it is one JSON value.
  public static Optional<String> mistakeIn(String payload) {
    try {
      checked(payload);
      return Optional.empty();
    } catch (IllegalArgumentException wrong) {
      return Optional.of(String.valueOf(wrong.getMessage()));
    }
  }

  static String checked(String payload) {
    if (payload.isBlank()) {
      throw new IllegalArgumentException("the payload is empty; enter a JSON value");
    }
    Json.tree(payload);
    return payload;
  }
}
