package dev.sluice.adapter.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.application.intake.EventDraft;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.event.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads events from messages of other programs: in Sluice's own form, or as NestJS wraps them,
/// `{"pattern": …, "data": …}`.
///
/// What NestJS wraps is an event when it has a payload; else it is the payload of an event whose
/// type is the pattern.
final class MessageReader {

  /// What NestJS may put around the data; the id is that of a request, not of an event.
  private static final Set<String> WRAPPING = Set.of("pattern", "data", "id", "options");

  private MessageReader() {}

  /// Reads one message.
  ///
  /// @throws MalformedJsonException when it is not JSON
  static ReadEvent read(byte[] body) {
    try {
      Wrapped wrapped = Wrapped.read(body);
      return wrapped == null ? EventReader.readDocument(body) : unwrap(wrapped);
    } catch (JsonProcessingException e) {
      throw MalformedJsonException.of(e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read from memory", e);
    }
  }

  private static ReadEvent unwrap(Wrapped wrapped) throws IOException {
    byte[] data = wrapped.data().getBytes(StandardCharsets.UTF_8);
    if (hasPayload(data)) {
      ReadEvent read = EventReader.readDocument(data);
      return read instanceof ReadEvent.Valid(EventDraft draft)
              && draft.type().equals(EventType.DEFAULT)
          ? typed(draft, wrapped.pattern())
          : read;
    }
    var draft = new DraftBuilder();
    draft.type("/pattern", wrapped.pattern());
    draft.payload(wrapped.data());
    return draft.build("/data");
  }

  private static ReadEvent typed(EventDraft draft, String pattern) {
    Payload payload = draft.payload();
    return EventType.problemWith(pattern).isPresent()
        ? new ReadEvent.Valid(draft)
        : new ReadEvent.Valid(
            new EventDraft(
                draft.id(),
                EventTypes.of(pattern),
                draft.occurredAt(),
                payload,
                draft.attributes()));
  }

  private static boolean hasPayload(byte[] data) throws IOException {
    try (JsonParser parser = Json.document(data)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        if (name.equals("payload")) {
          return true;
        }
        parser.nextToken();
        parser.skipChildren();
      }
      return false;
    }
  }

  /// What NestJS wraps.
  ///
  /// @param pattern as text: a string, or the JSON of something else
  /// @param data as JSON
  private record Wrapped(String pattern, String data) {

    /// Nothing when the document is not of this form.
    static @Nullable Wrapped read(byte[] body) throws IOException {
      try (JsonParser parser = Json.document(body)) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
          return null;
        }
        String pattern = null;
        String data = null;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
          JsonToken token = parser.nextToken();
          if (!WRAPPING.contains(name)) {
            return null;
          }
          if (name.equals("pattern")) {
            pattern =
                token == JsonToken.VALUE_STRING ? parser.getText() : RawJson.read(parser, body);
          } else if (name.equals("data")) {
            data = RawJson.read(parser, body);
          } else {
            parser.skipChildren();
          }
        }
        EventReader.requireEnd(parser);
        return pattern == null || data == null ? null : new Wrapped(pattern, data);
      }
    }
  }
}
