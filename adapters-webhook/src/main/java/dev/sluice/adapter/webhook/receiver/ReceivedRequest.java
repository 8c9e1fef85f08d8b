package dev.sluice.adapter.webhook.receiver;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A request with its body, of which at most one byte more than [#MAX_BODY] was read.
final class ReceivedRequest {

  /// More than the largest event of a service with default settings.
  static final int MAX_BODY = 2 << 20;

  private final String method;
  private final String target;
  private final Map<String, String> headers = new TreeMap<>();
  private final byte[] body;

  /// Reads the request.
  ReceivedRequest(HttpExchange exchange) throws IOException {
    this.method = exchange.getRequestMethod();
    this.target = exchange.getRequestURI().toString();
    for (Map.Entry<String, List<String>> header : exchange.getRequestHeaders().entrySet()) {
      headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue().getFirst());
    }
    this.body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
  }

  String method() {
    return method;
  }

  String target() {
    return target;
  }

  /// The first value of each header, by its name in lower case.
  Map<String, String> headers() {
    return Collections.unmodifiableMap(headers);
  }

  byte[] body() {
    return body;
  }

  boolean isTooLong() {
    return body.length > MAX_BODY;
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  String text() {
    return new String(body, UTF_8);
  }
}
