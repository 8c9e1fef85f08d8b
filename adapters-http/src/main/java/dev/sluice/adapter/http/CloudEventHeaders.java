package dev.sluice.adapter.http;

import com.fasterxml.jackson.core.JsonParser;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/// Reads CloudEvents 1.0 in binary mode: attributes in `ce-` headers, the data in the body.
///
/// A JSON body is the payload as it is; text becomes a JSON string; anything else `{"data_base64":
/// "…"}`.
final class CloudEventHeaders {

  private static final String PREFIX = "ce-";
  private static final HeaderName SPEC_VERSION = HeaderNames.create("ce-specversion");
  private static final HeaderName ID = HeaderNames.create("ce-id");

  private CloudEventHeaders() {}

  /// Whether the request holds an event in this mode.
  static boolean arePresent(Exchange exchange) {
    return exchange.header(SPEC_VERSION).isPresent() || exchange.header(ID).isPresent();
  }

  static ReadEvent read(Exchange exchange, byte[] body) throws IOException {
    var draft = new DraftBuilder();
    var attributes = new CloudEventAttributes(draft);
    for (Header header : exchange.request().headers()) {
      String name = header.name().toLowerCase(Locale.ROOT);
      if (name.startsWith(PREFIX)) {
        HeaderText.problemWith(header.get()).ifPresent(problem -> draft.problem(name, problem));
        attributes.put(name, name.substring(PREFIX.length()), decode(header.get()));
      }
    }
    Optional<String> contentType = exchange.header(HeaderNames.CONTENT_TYPE);
    contentType
        .filter(type -> !isJson(type))
        .ifPresent(type -> attributes.put("content-type", "datacontenttype", type));
    readData(contentType, body, draft);
    attributes.requireAll(PREFIX);
    return draft.build("");
  }

  private static void readData(Optional<String> contentType, byte[] body, DraftBuilder draft)
      throws IOException {
    if (body.length == 0) {
      draft.payload("null");
    } else if (isJson(contentType.orElse("application/json"))) {
      draft.payload(readJson(body));
    } else if (contentType.orElse("").startsWith("text/")) {
      boolean isText = Json.isValid(body);
      if (!isText) {
        draft.problem("", "is not valid UTF-8");
      }
      draft.payload(isText ? quoted(new String(body, StandardCharsets.UTF_8)) : null);
    } else {
      draft.payload("{\"data_base64\":\"" + Base64.getEncoder().encodeToString(body) + "\"}");
    }
  }

  private static String quoted(String text) {
    return new String(Json.write(json -> json.writeString(text)), StandardCharsets.UTF_8);
  }

  private static String readJson(byte[] body) throws IOException {
    try (JsonParser parser = Json.document(body)) {
      EventReader.requireBegin(parser);
      String json = RawJson.read(parser, body);
      EventReader.requireEnd(parser);
      return json;
    }
  }

  private static boolean isJson(String contentType) {
    String type = contentType.toLowerCase(Locale.ROOT);
    int parameters = type.indexOf(';');
    String plain = (parameters < 0 ? type : type.substring(0, parameters)).strip();
    return plain.equals("application/json") || plain.endsWith("+json") || plain.equals("text/json");
  }

  /// Header values are percent-encoded (HTTP binding, 3.1.3.2); a plus sign stands for itself.
  private static String decode(String value) {
    if (value.indexOf('%') < 0) {
      return value;
    }
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return value;
    }
  }
}
