package dev.sluice.adapter.http.subscription;

import dev.sluice.format.CloudEventReader;
import dev.sluice.format.EventReader;
import dev.sluice.format.FieldProblem;
import dev.sluice.format.JsonCursor;
import dev.sluice.format.ReadEvent;
import dev.sluice.format.TraceContext;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Reads an event that is a member of a larger document, in the service's own format or as a
/// CloudEvent: one with `specversion` is a CloudEvent.
final class SampleEvent {

  private SampleEvent() {}

  /// Reads an event.
  ///
  /// @param text valid JSON
  /// @param pointer where the text is, for problems
  /// @param trace context for an event without one of its own
  static ReadEvent read(String text, String pointer, TraceContext trace) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ReadEvent read =
        isCloudEvent(bytes)
            ? CloudEventReader.readDocument(bytes, trace)
            : EventReader.readDocument(bytes, trace);
    return switch (read) {
      case ReadEvent.Valid valid -> valid;
      case ReadEvent.Invalid(List<FieldProblem> problems) ->
          new ReadEvent.Invalid(problems.stream().map(one -> below(pointer, one)).toList());
    };
  }

  private static boolean isCloudEvent(byte[] text) {
    JsonCursor json = JsonCursor.document(text);
    if (json.kind() != JsonCursor.Kind.OBJECT) {
      return false;
    }
    json.beginObject();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (name.equals("specversion")) {
        return true;
      }
      json.skip();
    }
    return false;
  }

  private static FieldProblem below(String pointer, FieldProblem problem) {
    return problem.place() == FieldProblem.Place.BODY
        ? new FieldProblem(problem.place(), pointer + problem.name(), problem.detail())
        : problem;
  }
}
