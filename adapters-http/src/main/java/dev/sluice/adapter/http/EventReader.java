package dev.sluice.adapter.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.domain.event.Attributes;
import java.io.IOException;
import java.util.Optional;

/// Reads an event in Sluice's own form. The payload is taken over as it was written: it is checked,
/// but never rebuilt.
final class EventReader {

  private EventReader() {}

  /// Reads a text that holds exactly one event.
  ///
  /// @throws MalformedJsonException when it is not JSON or something follows the event
  static ReadEvent readDocument(byte[] text) throws IOException {
    try (JsonParser parser = Json.document(text)) {
      requireBegin(parser);
      ReadEvent event = read(parser, text);
      requireEnd(parser);
      return event;
    }
  }

  /// Reads the value that the parser stands at the beginning of.
  ///
  /// @param text what the parser reads
  static ReadEvent read(JsonParser parser, byte[] text) throws IOException {
    var draft = new DraftBuilder();
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      draft.problem("", "an event must be a JSON object");
      draft.payload(null);
      return draft.build("/payload");
    }
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      readMember(parser, text, name, draft);
    }
    return draft.build("/payload");
  }

  static void requireBegin(JsonParser parser) throws IOException {
    if (parser.nextToken() == null) {
      throw new MalformedJsonException("the body holds nothing but white space");
    }
  }

  static void requireEnd(JsonParser parser) throws IOException {
    if (parser.nextToken() != null) {
      throw new MalformedJsonException(
          "text after the end of the JSON value at line "
              + parser.currentTokenLocation().getLineNr()
              + ", column "
              + parser.currentTokenLocation().getColumnNr());
    }
  }

  private static void readMember(JsonParser parser, byte[] text, String name, DraftBuilder draft)
      throws IOException {
    switch (name) {
      case "payload" -> draft.payload(RawJson.read(parser, text));
      case "event_id" ->
          string(parser, "/event_id", draft).ifPresent(id -> draft.id("/event_id", id));
      case "event_type", "type" -> {
        String pointer = "/" + name;
        string(parser, pointer, draft).ifPresent(type -> draft.type(pointer, type));
      }
      case "occurred_at", "timestamp" -> readTime(parser, "/" + name, draft);
      case Attributes.SOURCE, Attributes.SUBJECT, Attributes.KEY, Attributes.TRACEPARENT -> {
        String pointer = "/" + name;
        string(parser, pointer, draft).ifPresent(value -> draft.attribute(pointer, name, value));
      }
      default -> {
        parser.skipChildren();
        draft.problem(pointerTo(name), "is not a member of an event");
      }
    }
  }

  private static void readTime(JsonParser parser, String pointer, DraftBuilder draft)
      throws IOException {
    switch (parser.currentToken()) {
      case VALUE_STRING -> draft.occurredAt(pointer, Timestamps.parse(parser.getText()));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          draft.occurredAt(pointer, Timestamps.ofEpoch(parser.getDecimalValue()));
      default -> {
        parser.skipChildren();
        draft.occurredAt(pointer, Optional.empty());
      }
    }
  }

  private static Optional<String> string(JsonParser parser, String pointer, DraftBuilder draft)
      throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return Optional.of(parser.getText());
    }
    parser.skipChildren();
    draft.problem(pointer, "must be a string");
    return Optional.empty();
  }

  /// A JSON Pointer to a member, shortened when its name is long.
  static String pointerTo(String name) {
    String shown = name.length() <= 100 ? name : name.substring(0, 100) + "…";
    return "/" + shown.replace("~", "~0").replace("/", "~1");
  }
}
