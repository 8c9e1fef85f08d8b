package dev.sluice.admin.api;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// An event to send.
///
/// @param id empty to have the service make one
/// @param payload a JSON value, as text
public record NewEvent(
    Optional<String> id,
    String type,
    Optional<String> key,
    Optional<String> source,
    String payload) {

  /// As the API takes it. The payload goes out to the letter, so it is put in by hand.
  ///
  /// @throws IllegalArgumentException with a sentence for the user when the payload is no JSON
  String json() {
    Map<String, Object> members = new LinkedHashMap<>();
    id.ifPresent(some -> members.put("event_id", some));
    members.put("event_type", type);
    key.ifPresent(some -> members.put("key", some));
    source.ifPresent(some -> members.put("source", some));
    var head = new String(Json.write(members), java.nio.charset.StandardCharsets.UTF_8);
    return head.substring(0, head.length() - 1) + ",\"payload\":" + checked(payload) + '}';
  }

  /// What keeps a text from being a payload; empty when it is one JSON value.
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
      throw new IllegalArgumentException("a payload is needed: any JSON value");
    }
    Json.tree(payload);
    return payload;
  }
}
