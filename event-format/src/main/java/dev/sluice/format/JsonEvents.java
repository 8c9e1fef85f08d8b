package dev.sluice.format;

import java.util.function.Consumer;

/// Code shared by all formats in which an event is a JSON object.
public final class JsonEvents {

  private static final int MAX_SHOWN = 100;

  private JsonEvents() {}

  /// Reads an event in one of these formats.
  interface Form {

    /// Reads the next value as an event.
    ///
    /// @param trace context for an event without one of its own
    /// @throws MalformedJsonException when it is not JSON
    ReadEvent read(JsonCursor json, TraceContext trace);
  }

  /// Reads a text that contains exactly one event.
  ///
  /// @param trace context for an event without one of its own
  /// @throws MalformedJsonException when it is not JSON or more text follows the event
  static ReadEvent readDocument(byte[] text, TraceContext trace, Form form) {
    JsonCursor json = JsonCursor.document(text);
    ReadEvent event = form.read(json, trace);
    json.requireEnd();
    return event;
  }

  /// Reads the next value, an object, member by member.
  ///
  /// @param member receives each name, and reads or skips the value
  /// @return false when the value is not an object; it is then skipped
  static boolean readMembers(JsonCursor json, Consumer<String> member) {
    if (json.kind() != JsonCursor.Kind.OBJECT) {
      json.skip();
      return false;
    }
    json.beginObject();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      member.accept(name);
    }
    return true;
  }

  /// Returns a JSON Pointer to a member, shortened when its name is long.
  public static String pointerTo(String name) {
    return "/" + ShownText.of(name, MAX_SHOWN).replace("~", "~0").replace("/", "~1");
  }
}
