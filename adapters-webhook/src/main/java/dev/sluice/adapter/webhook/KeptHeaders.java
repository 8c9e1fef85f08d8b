package dev.sluice.adapter.webhook;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;

/// Chooses the headers of a response that are kept with an attempt.
final class KeptHeaders {

  /// Longer values are cut to this many characters.
  static final int MAX_VALUE = 256;

  private static final List<String> OF_INTEREST =
      List.of(
          "content-type",
          "location",
          "retry-after",
          "server",
          "webhook-allowed-origin",
          "webhook-delivery",
          "www-authenticate",
          "x-request-id");

  private KeptHeaders() {}

  static Map<String, String> headers(ClassicHttpResponse response) {
    var kept = new LinkedHashMap<String, String>();
    for (String name : OF_INTEREST) {
      Header header = response.getFirstHeader(name);
      if (header != null && header.getValue() != null) {
        String value = header.getValue();
        kept.put(name, value.substring(0, Math.min(MAX_VALUE, value.length())));
      }
    }
    return kept;
  }
}
