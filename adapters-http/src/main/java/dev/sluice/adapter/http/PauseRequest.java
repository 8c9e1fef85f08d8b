package dev.sluice.adapter.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.domain.subscription.Pause;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The body of a request to pause: an object with a `reason`, and `until` when it is to end by
/// itself.
final class PauseRequest {

  private final Instant now;
  private final List<FieldProblem> problems = new ArrayList<>();
  private String reason = "";
  private boolean hasReason;
  private Instant until = Instant.MAX;

  private PauseRequest(Instant now) {
    this.now = now;
  }

  /// @param now `until` must be later
  /// @throws ProblemException naming all that is wrong
  static PauseRequest read(byte[] body, Instant now) throws IOException {
    var request = new PauseRequest(now);
    try (JsonParser parser = Json.document(body)) {
      request.read(parser);
    } catch (JsonProcessingException e) {
      throw new ProblemException(Problems.malformed(MalformedJsonException.of(e)));
    } catch (MalformedJsonException e) {
      throw new ProblemException(Problems.malformed(e));
    }
    return request.checked();
  }

  String reason() {
    return reason;
  }

  /// [Instant#MAX] when it does not end by itself.
  Instant until() {
    return until;
  }

  private void read(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new MalformedJsonException(
          "expected an object such as {\"reason\": \"receiver is down\"}");
    }
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      switch (name) {
        case "reason" -> readReason(parser, value);
        case "until" -> readUntil(parser, value);
        default -> problem(parser, EventReader.pointerTo(name), "is not known here");
      }
    }
    EventReader.requireEnd(parser);
  }

  private void readReason(JsonParser parser, JsonToken value) throws IOException {
    hasReason = true;
    if (value != JsonToken.VALUE_STRING) {
      problem(parser, "/reason", "must be a string");
      return;
    }
    reason = parser.getText();
    Pause.problemWith(reason)
        .ifPresent(detail -> problems.add(new FieldProblem("/reason", detail)));
  }

  private void readUntil(JsonParser parser, JsonToken value) throws IOException {
    Optional<Instant> time =
        value == JsonToken.VALUE_STRING ? Timestamps.parse(parser.getText()) : Optional.empty();
    if (time.isEmpty()) {
      problem(parser, "/until", "must be a time in RFC 3339");
    } else if (!time.get().isAfter(now)) {
      problem(parser, "/until", "must be in the future");
    } else {
      until = time.get();
    }
  }

  private void problem(JsonParser parser, String pointer, String detail) throws IOException {
    parser.skipChildren();
    problems.add(new FieldProblem(pointer, detail));
  }

  private PauseRequest checked() {
    if (!hasReason) {
      problems.add(new FieldProblem("/reason", "is missing: say why, for those who come later"));
    }
    if (!problems.isEmpty()) {
      throw new ProblemException(
          Problem.of(
              ProblemCode.INVALID_PAUSE, "nothing was paused; mend what errors names", problems));
    }
    return this;
  }
}
