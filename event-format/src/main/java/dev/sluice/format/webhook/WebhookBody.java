package dev.sluice.format.webhook;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a request to a receiver contains, in one of the formats.
public final class WebhookBody {

  private static final String JSON = "application/json";

  private final String contentType;
  private final Map<String, String> headers;
  private final byte[] bytes;

  WebhookBody(String contentType, Map<String, String> headers, byte[] bytes) {
    this.contentType = contentType;
    this.headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    this.bytes = bytes;
  }

  /// Creates a body of JSON without headers.
  static WebhookBody ofJson(String json) {
    return ofJson(json.getBytes(StandardCharsets.UTF_8));
  }

  static WebhookBody ofJson(byte[] json) {
    return new WebhookBody(JSON, Map.of(), json);
  }

  /// Returns the value of the header `content-type`.
  public String contentType() {
    return contentType;
  }

  /// Returns the headers that belong to the format, by their names in lower case and in the order
  /// in which they are sent; without `content-type`.
  public Map<String, String> headers() {
    return headers;
  }

  /// Returns the bytes to sign and to send. They are not copied: the caller does not change them.
  public byte[] bytes() {
    return bytes;
  }
}
