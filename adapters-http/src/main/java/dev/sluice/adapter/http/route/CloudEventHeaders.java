package dev.sluice.adapter.http.route;

import dev.sluice.adapter.http.Exchange;
import dev.sluice.adapter.http.HeaderText;
import dev.sluice.adapter.http.PercentDecoder;
import dev.sluice.adapter.http.QuotedString;
import dev.sluice.adapter.http.TraceHeaders;
import dev.sluice.format.CloudEventAttributes;
import dev.sluice.format.CloudEventData;
import dev.sluice.format.DraftBuilder;
import dev.sluice.format.ReadEvent;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.util.Locale;
import java.util.Optional;

/// Reads CloudEvents 1.0 in binary mode: attributes in `ce-` headers, the data in the body (HTTP
/// binding, 3.1).
final class CloudEventHeaders {

  private static final String PREFIX = "ce-";
  private static final String CONTENT_TYPE = "datacontenttype";
  private static final HeaderName SPEC_VERSION = HeaderNames.create("ce-specversion");
  private static final HeaderName ID = HeaderNames.create("ce-id");

  private CloudEventHeaders() {}

  /// Whether the request holds an event in this mode.
  static boolean arePresent(Exchange exchange) {
    return exchange.header(SPEC_VERSION).isPresent() || exchange.header(ID).isPresent();
  }

  /// @throws MalformedJsonException when the data is declared as JSON but is malformed
  static ReadEvent read(Exchange exchange, byte[] body) {
    var draft = new DraftBuilder(TraceHeaders.read(exchange));
    var attributes = new CloudEventAttributes(draft);
    for (Header header : exchange.request().headers()) {
      String name = header.name().toLowerCase(Locale.ROOT);
      if (name.startsWith(PREFIX)) {
        readHeader(header, name, attributes);
      }
    }
    Optional<String> contentType = exchange.header(HeaderNames.CONTENT_TYPE);
    contentType.ifPresent(type -> readContentType(type, attributes));
    CloudEventData.read(contentType, body, draft);
    attributes.requireAll(PREFIX);
    return draft.build("");
  }

  private static void readHeader(Header header, String name, CloudEventAttributes attributes) {
    String attribute = name.substring(PREFIX.length());
    Optional<String> value = decode(header.get());
    if (header.valueCount() > 1) {
      attributes.refuse(name, attribute, "is sent more than once");
    } else if (attribute.equals(CONTENT_TYPE)) {
      attributes.refuse(name, attribute, "must not be sent: use Content-Type");
    } else if (value.isEmpty()) {
      attributes.refuse(name, attribute, PercentDecoder.RULE);
    } else {
      attributes.put(name, attribute, value.get());
    }
  }

  private static void readContentType(String contentType, CloudEventAttributes attributes) {
    HeaderText.problemWith(contentType)
        .ifPresentOrElse(
            problem -> attributes.refuse("content-type", CONTENT_TYPE, problem),
            () -> attributes.put("content-type", CONTENT_TYPE, contentType));
  }

  /// Decodes a value. Values are percent-encoded; those of older versions of the binding may be
  /// quoted instead (HTTP binding, 3.1.3.2).
  private static Optional<String> decode(String value) {
    return PercentDecoder.decode(QuotedString.unquote(value).orElse(value));
  }
}
