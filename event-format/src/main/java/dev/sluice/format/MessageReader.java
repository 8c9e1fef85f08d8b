package dev.sluice.format;

import dev.sluice.application.intake.EventDraft;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.port.MessageIntake.Message;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads events from foreign messages: in Sluice's own format; as CloudEvents, in structured or
/// binary mode (AMQP binding, 3); or wrapped by NestJS, `{"pattern": …, "data": …}`.
///
/// Data that NestJS wrapped is an event when it has a payload; otherwise it is the payload of an
/// event whose type is the pattern.
final class MessageReader {

  /// Members of the NestJS wrapper; its id identifies a request, not an event.
  private static final Set<String> WRAPPING = Set.of("pattern", "data", "id", "options");

  private static final String CLOUD_EVENT = "application/cloudevents+json";

  private MessageReader() {}

  /// Reads one message.
  ///
  /// @throws MalformedJsonException when it is not JSON
  static ReadEvent read(Message message) {
    if (ContentType.isCloudEvents(message.contentType())) {
      return structured(message);
    }
    if (message.attributes().containsKey("specversion") || message.attributes().containsKey("id")) {
      return binary(message);
    }
    Wrapped wrapped = Wrapped.read(message.body());
    return wrapped == null
        ? EventReader.readDocument(message.body(), TraceContext.NONE)
        : unwrap(wrapped);
  }

  private static ReadEvent structured(Message message) {
    boolean isOneInJson =
        message
            .contentType()
            .map(ContentType::parse)
            .filter(type -> type.type().equals(CLOUD_EVENT))
            .isPresent();
    return isOneInJson
        ? CloudEventReader.readDocument(message.body(), TraceContext.NONE)
        : new ReadEvent.Invalid(
            List.of(
                new FieldProblem(
                    "", "a CloudEvent must be sent as " + CLOUD_EVENT + ", one per message")));
  }

  private static ReadEvent binary(Message message) {
    var draft = new DraftBuilder(TraceContext.NONE);
    var attributes = new CloudEventAttributes(draft);
    message.attributes().forEach((name, value) -> attributes.put("/" + name, name, value));
    Optional<String> contentType = message.contentType();
    contentType.ifPresent(type -> attributes.put("/datacontenttype", "datacontenttype", type));
    CloudEventData.read(contentType, message.body(), draft);
    attributes.requireAll("/");
    return draft.build("");
  }

  private static ReadEvent unwrap(Wrapped wrapped) {
    byte[] data = wrapped.data().getBytes(StandardCharsets.UTF_8);
    if (hasPayload(data)) {
      ReadEvent read = EventReader.readDocument(data, TraceContext.NONE);
      return read instanceof ReadEvent.Valid(EventDraft draft)
              && draft.type().equals(EventType.DEFAULT)
          ? typed(draft, wrapped.pattern())
          : read;
    }
    var draft = new DraftBuilder(TraceContext.NONE);
    draft.type("/pattern", wrapped.pattern());
    draft.payload(wrapped.data());
    return draft.build("/data");
  }

  private static ReadEvent typed(EventDraft draft, String pattern) {
    return EventType.problemWith(pattern).isPresent()
        ? new ReadEvent.Valid(draft)
        : new ReadEvent.Valid(draft.withType(EventTypes.of(pattern)));
  }

  private static boolean hasPayload(byte[] data) {
    JsonCursor json = JsonCursor.document(data);
    if (json.kind() != JsonCursor.Kind.OBJECT) {
      return false;
    }
    json.beginObject();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (name.equals("payload")) {
        return true;
      }
      json.skip();
    }
    return false;
  }

  /// A message in the NestJS wrapper.
  ///
  /// @param pattern as text: a string, or the JSON of any other value
  /// @param data as JSON
  private record Wrapped(String pattern, String data) {

    /// Returns null when the document is not in this format.
    static @Nullable Wrapped read(byte[] body) {
      JsonCursor json = JsonCursor.document(body);
      if (json.kind() != JsonCursor.Kind.OBJECT) {
        return null;
      }
      String pattern = null;
      String data = null;
      json.beginObject();
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        boolean isAgain =
            (name.equals("pattern") && pattern != null) || (name.equals("data") && data != null);
        if (!WRAPPING.contains(name) || isAgain) {
          return null;
        }
        switch (name) {
          case "pattern" ->
              pattern = json.kind() == JsonCursor.Kind.STRING ? json.string() : json.raw();
          case "data" -> data = json.raw();
          default -> json.skip();
        }
      }
      json.requireEnd();
      return pattern == null || data == null ? null : new Wrapped(pattern, data);
    }
  }
}
