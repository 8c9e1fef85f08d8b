package dev.sluice.format;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads CloudEvents 1.0 in the JSON format (structured mode and batches).
///
/// `data` is the payload; without it the payload is `null`. `data_base64` becomes the payload
/// `{"data_base64": "…"}`, because a payload is JSON.
public final class CloudEventReader {

  private final JsonCursor json;
  private final DraftBuilder draft;
  private final CloudEventAttributes attributes;
  private final Set<String> names = new HashSet<>();

  private CloudEventReader(JsonCursor json, TraceContext trace) {
    this.json = json;
    this.draft = new DraftBuilder(trace);
    this.attributes = new CloudEventAttributes(draft);
  }

  /// Reads a text that contains exactly one event.
  ///
  /// @param trace context for an event without one of its own
  /// @throws MalformedJsonException when it is not JSON or more text follows the event
  public static ReadEvent readDocument(byte[] text, TraceContext trace) {
    return JsonEvents.readDocument(text, trace, CloudEventReader::read);
  }

  /// Reads the next value as an event.
  ///
  /// @param trace context for an event without one of its own
  /// @throws MalformedJsonException when it is not JSON
  public static ReadEvent read(JsonCursor json, TraceContext trace) {
    return new CloudEventReader(json, trace).read();
  }

  private ReadEvent read() {
    if (!JsonEvents.readMembers(json, this::readMember)) {
      draft.problem("", "a CloudEvent must be a JSON object");
      draft.payload(null);
      return draft.build("/data");
    }
    if (!draft.hasPayload()) {
      draft.payload("null");
    }
    attributes.requireAll("/");
    return draft.build("/data");
  }

  private void readMember(String name) {
    String pointer = JsonEvents.pointerTo(name);
    if (!names.add(name)) {
      json.skip();
      draft.problem(pointer, "is given twice");
    } else if (name.equals("data")) {
      payload(pointer, json.raw());
    } else if (json.kind() == JsonCursor.Kind.NULL) {
      // JSON format, 2.2: null means that the attribute is absent.
      json.skip();
    } else if (name.equals("data_base64")) {
      readBase64(pointer);
    } else {
      readAttribute(pointer, name);
    }
  }

  private void readBase64(String pointer) {
    Optional<String> payload = Optional.empty();
    if (json.kind() == JsonCursor.Kind.STRING) {
      payload = CloudEventData.ofBase64(json.string());
    } else {
      json.skip();
    }
    if (payload.isEmpty()) {
      draft.problem(pointer, "must be a base64 string");
    }
    payload(pointer, payload.orElse(null));
  }

  private void payload(String pointer, @Nullable String text) {
    if (draft.hasPayload()) {
      draft.problem(pointer, "use data or data_base64, not both");
    }
    draft.payload(text);
  }

  private void readAttribute(String pointer, String name) {
    switch (json.kind()) {
      case STRING -> attributes.put(pointer, name, json.string());
      case TRUE, FALSE -> attributes.putUnquoted(pointer, name, json.raw());
      case NUMBER -> readInteger(pointer, name, json.raw());
      case OBJECT, ARRAY, NULL -> {
        json.skip();
        attributes.refuse(pointer, name, "must be a string, an integer or a boolean");
      }
    }
  }

  private void readInteger(String pointer, String name, String number) {
    try {
      attributes.putUnquoted(pointer, name, Integer.toString(Integer.parseInt(number)));
    } catch (NumberFormatException e) {
      attributes.refuse(
          pointer,
          name,
          "must be a string, a boolean, or an integer from "
              + Integer.MIN_VALUE
              + " to "
              + Integer.MAX_VALUE);
    }
  }
}
