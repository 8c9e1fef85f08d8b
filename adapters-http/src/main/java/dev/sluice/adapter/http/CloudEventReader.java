package dev.sluice.adapter.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Reads CloudEvents 1.0 in the JSON format (structured mode and batches).
///
/// `data` is the payload; without it the payload is `null`. `data_base64` becomes the payload
/// `{"data_base64": "…"}`, because a payload is JSON.
final class CloudEventReader {

  private CloudEventReader() {}

  /// Reads a text that holds exactly one event.
  static ReadEvent readDocument(byte[] text) throws IOException {
    try (JsonParser parser = Json.document(text)) {
      EventReader.requireBegin(parser);
      ReadEvent event = read(parser, text);
      EventReader.requireEnd(parser);
      return event;
    }
  }

  /// Reads the value that the parser stands at the beginning of.
  static ReadEvent read(JsonParser parser, byte[] text) throws IOException {
    var draft = new DraftBuilder();
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      draft.problem("", "a CloudEvent must be a JSON object");
      draft.payload(null);
      return draft.build("/data");
    }
    var attributes = new CloudEventAttributes(draft);
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      readMember(parser, text, name, new Target(draft, attributes));
    }
    if (!draft.hasPayload()) {
      draft.payload("null");
    }
    attributes.requireAll("/");
    return draft.build("/data");
  }

  /// Where the members go.
  private record Target(DraftBuilder draft, CloudEventAttributes attributes) {}

  private static void readMember(JsonParser parser, byte[] text, String name, Target target)
      throws IOException {
    String pointer = EventReader.pointerTo(name);
    switch (name) {
      case "data" -> payload(pointer, RawJson.read(parser, text), target.draft());
      case "data_base64" -> {
        String json = RawJson.read(parser, text);
        boolean isText = json.matches("\"[A-Za-z0-9+/]*={0,2}\"");
        if (!isText) {
          target.draft().problem(pointer, "must be a string in base64");
        }
        payload(pointer, isText ? "{\"data_base64\":" + json + "}" : null, target.draft());
      }
      default -> readAttribute(parser, name, pointer, target);
    }
  }

  private static void payload(String pointer, @Nullable String json, DraftBuilder draft) {
    if (draft.hasPayload()) {
      draft.problem(pointer, "use data or data_base64, not both");
    }
    draft.payload(json);
  }

  private static void readAttribute(JsonParser parser, String name, String pointer, Target target)
      throws IOException {
    switch (parser.currentToken()) {
      case VALUE_NULL -> {
        // The JSON format: null means that the attribute is not there.
      }
      case VALUE_STRING, VALUE_NUMBER_INT, VALUE_TRUE, VALUE_FALSE ->
          target.attributes().put(pointer, name, parser.getText());
      default -> {
        parser.skipChildren();
        target.draft().problem(pointer, "must be a string, an integer or a boolean");
      }
    }
  }
}
