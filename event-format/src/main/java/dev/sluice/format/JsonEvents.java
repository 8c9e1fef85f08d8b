package dev.sluice.format;

import java.util.function.Consumer;

/// What is the same for all forms in which an event can be written as a JSON object.
public final class JsonEvents {

  private static final int MAX_SHOWN = 100;

  private JsonEvents() {}

  /// Reads an event in one of these forms.
  interface Form {

    /// Reads the value that follows.
    ///
    /// @param trace which the event gets if it brings none
    /// @throws MalformedJsonException when it is not JSON
    ReadEvent read(JsonCursor json, TraceContext trace);
  }

  /// Reads a text that holds exactly one event.
  ///
  /// @param trace which the event gets if it brings none
  /// @throws MalformedJsonException when it is not JSON or something follows the event
  static ReadEvent readDocument(byte[] text, TraceContext trace, Form form) {
    JsonCursor json = JsonCursor.document(text);
    ReadEvent event = form.read(json, trace);
    json.requireEnd();
    return event;
  }

  /// Walks over the object that follows.
  ///
  /// @param member is given each name, and reads or skips the value
  /// @return false when it is no object; then it is skipped
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

  /// A JSON Pointer to a member, shortened when its name is long.
  public static String pointerTo(String name) {
    return "/" + ShownText.of(name, MAX_SHOWN).replace("~", "~0").replace("/", "~1");
  }
}
