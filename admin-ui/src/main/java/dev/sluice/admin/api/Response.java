package dev.sluice.admin.api;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the receiver of a webhook sent in an attempt.
///
/// @param url where the request was sent
/// @param status status code; null if there was no response
/// @param headers the headers that the service keeps
/// @param body beginning of the body, as text; null if there was no response
/// @param bodyCut whether the body was longer
/// @param timesMs how long each part of the exchange took
public record Response(
    String url,
    @Nullable Integer status,
    Map<String, String> headers,
    @Nullable String body,
    @Nullable Boolean bodyCut,
    @Nullable Times timesMs) {

  public Response {
    Required.members("response", url);
    headers = headers == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(headers));
  }

  /// How long each part of the exchange took, in milliseconds; null for a part that did not happen.
  public record Times(
      @Nullable Double resolve,
      @Nullable Double connect,
      @Nullable Double tls,
      @Nullable Double firstByte,
      @Nullable Double total) {}

  /// Whether the body is longer than what the service keeps.
  public boolean isCut() {
    return Boolean.TRUE.equals(bodyCut);
  }
}
