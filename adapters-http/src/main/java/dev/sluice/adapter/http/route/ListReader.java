package dev.sluice.adapter.http.route;

import dev.sluice.adapter.http.HttpSettings;
import dev.sluice.adapter.http.Problem;
import dev.sluice.adapter.http.ProblemCode;
import dev.sluice.adapter.http.ProblemException;
import dev.sluice.format.FieldProblem;
import dev.sluice.format.JsonCursor;
import dev.sluice.format.MalformedJsonException;
import dev.sluice.format.ReadEvent;
import java.util.ArrayList;
import java.util.List;

/// Reads a JSON array of events.
final class ListReader {

  private final HttpSettings.Limits limits;
  private final ElementReader elements;

  ListReader(HttpSettings.Limits limits, ElementReader elements) {
    this.limits = limits;
    this.elements = elements;
  }

  /// Reads one element of the array.
  interface ElementReader {

    /// Reads the element.
    ///
    /// @param json is positioned before the element, and afterwards behind it
    ReadEvent read(JsonCursor json);
  }

  /// Reads a text that consists of one array.
  ///
  /// @throws MalformedJsonException when the text is not an array of JSON values
  /// @throws ProblemException when it has too many elements
  List<ReadEvent> read(byte[] text) {
    JsonCursor json = JsonCursor.list(text);
    if (json.kind() != JsonCursor.Kind.ARRAY) {
      throw new MalformedJsonException("expected an array of events");
    }
    var events = new ArrayList<ReadEvent>();
    json.beginArray();
    while (json.nextElement()) {
      if (events.size() == limits.maxBatch()) {
        throw tooManyEvents();
      }
      events.add(readElement(json));
    }
    json.requireEnd();
    return events;
  }

  private ProblemException tooManyEvents() {
    return new ProblemException(
        Problem.of(
            ProblemCode.PAYLOAD_TOO_LARGE,
            "Send more events as application/x-ndjson: an array may have at most "
                + limits.maxBatch()
                + " events."));
  }

  private ReadEvent readElement(JsonCursor json) {
    int start = json.position();
    ReadEvent event = elements.read(json);
    int length = json.position() - start;
    return length <= limits.maxPayloadBytes() ? event : tooLarge(limits);
  }

  static ReadEvent tooLarge(HttpSettings.Limits limits) {
    return new ReadEvent.Invalid(
        List.of(new FieldProblem("", "must have at most " + limits.maxPayloadBytes() + " bytes")));
  }
}
