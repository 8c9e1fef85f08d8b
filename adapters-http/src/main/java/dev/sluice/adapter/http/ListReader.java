package dev.sluice.adapter.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
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
    /// @param parser stands at the beginning of the element, afterwards at its end
    /// @param text what the parser reads
    ReadEvent read(JsonParser parser, byte[] text) throws IOException;
  }

  /// Reads a text that holds exactly one array.
  ///
  /// @throws MalformedJsonException when the text is not an array of JSON values
  /// @throws ProblemException when it has too many elements
  List<ReadEvent> read(byte[] text) throws IOException {
    try (JsonParser parser = Json.list(text)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw new MalformedJsonException("expected an array of events");
      }
      var events = new ArrayList<ReadEvent>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (events.size() == limits.maxBatch()) {
          throw new ProblemException(
              Problem.of(
                  ProblemCode.PAYLOAD_TOO_LARGE,
                  "an array may have at most "
                      + limits.maxBatch()
                      + " events; send more as application/x-ndjson"));
        }
        events.add(readElement(parser, text));
      }
      EventReader.requireEnd(parser);
      return events;
    }
  }

  private ReadEvent readElement(JsonParser parser, byte[] text) throws IOException {
    long start = parser.currentTokenLocation().getByteOffset();
    ReadEvent event = elements.read(parser, text);
    long length = parser.currentLocation().getByteOffset() - start;
    return length <= limits.maxPayloadBytes() ? event : tooLarge(limits);
  }

  static ReadEvent tooLarge(HttpSettings.Limits limits) {
    return new ReadEvent.Invalid(
        List.of(
            new FieldProblem(
                "", "an event may have at most " + limits.maxPayloadBytes() + " bytes")));
  }
}
