package dev.sluice.adapter.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.application.operate.ControlEvents;
import dev.sluice.application.operate.ControlEvents.BulkReplay;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.port.EventFilter;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `POST /dead-letters/replay`: puts the dead letters that a filter names back to work.
///
/// The body is an object with `event_type` (or `type`), `key`, `start`, `end` and `limit`, as in
/// the query of the lists. An empty filter is refused unless `all` is `true`, so that nobody
/// replays everything by a slip.
final class DeadLetterReplay {

  private static final int MAX_BODY = 64 * 1024;
  private static final int DEFAULT_LIMIT = 1_000;
  private static final int MAX_LIMIT = 10_000;

  private final ControlEvents control;
  private final RequestBodies bodies;

  DeadLetterReplay(ControlEvents control, RequestBodies bodies) {
    this.control = control;
    this.bodies = bodies;
  }

  void post(Exchange exchange) throws IOException {
    QueryParameters.parse(exchange.rawQuery(), Set.of());
    requireJson(exchange);
    bodies.read(exchange, _ -> MAX_BODY, body -> replay(exchange, body));
  }

  static void requireJson(Exchange exchange) {
    Optional<String> contentType = exchange.header(HeaderNames.CONTENT_TYPE);
    if (MediaTypes.of(contentType).filter(MediaTypes.JSON::equals).isEmpty()) {
      throw new ProblemException(
          Problem.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "send application/json, in UTF-8")
              .withHeader("Accept-Post", "application/json"));
    }
  }

  private void replay(Exchange exchange, byte[] body) throws IOException {
    Wish wish;
    try (JsonParser parser = Json.document(body)) {
      wish = new Wish();
      wish.read(parser);
    } catch (JsonProcessingException e) {
      throw new ProblemException(Problems.malformed(MalformedJsonException.of(e)));
    } catch (MalformedJsonException e) {
      throw new ProblemException(Problems.malformed(e));
    }
    BulkReplay done = control.replayDeadLetters(wish.filter(), wish.limit);
    exchange.json(
        202,
        Json.write(
            json -> {
              json.writeStartObject();
              json.writeNumberField("replayed", done.replayed());
              json.writeBooleanField("complete", done.isComplete());
              json.writeEndObject();
            }));
  }

  /// What the body asks for.
  private static final class Wish {

    private final List<FieldProblem> problems = new ArrayList<>();
    private EventFilter filter = EventFilter.ALL;
    private boolean isForAll;
    private int limit = DEFAULT_LIMIT;

    void read(JsonParser parser) throws IOException {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedJsonException(
            "expected an object such as {\"event_type\": \"order.paid\"}");
      }
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        readMember(parser, name);
      }
      EventReader.requireEnd(parser);
    }

    EventFilter filter() {
      if (filter.occurredTo().isBefore(filter.occurredFrom())) {
        problems.add(new FieldProblem("/end", "lies before start"));
      }
      if (filter.equals(EventFilter.ALL) && !isForAll && problems.isEmpty()) {
        problems.add(new FieldProblem("", "name at least one filter, or say \"all\": true"));
      }
      if (!problems.isEmpty()) {
        throw new ProblemException(
            Problem.of(
                ProblemCode.INVALID_FILTER,
                "nothing was replayed; mend what errors names",
                problems));
      }
      return filter;
    }

    private void readMember(JsonParser parser, String name) throws IOException {
      String pointer = EventReader.pointerTo(name);
      switch (name) {
        case "event_type", "type" ->
            text(parser, pointer)
                .flatMap(type -> valid(pointer, type))
                .ifPresent(type -> type(pointer, type));
        case "key" ->
            text(parser, pointer)
                .flatMap(key -> valid(pointer, key))
                .ifPresent(key -> filter = filter.withKeys(Set.of(key)));
        case "start" ->
            time(parser, pointer)
                .ifPresent(start -> filter = filter.occurredBetween(start, filter.occurredTo()));
        case "end" ->
            time(parser, pointer)
                .ifPresent(end -> filter = filter.occurredBetween(filter.occurredFrom(), end));
        case "limit" -> limit(parser, pointer);
        case "all" -> all(parser, pointer);
        default -> problem(parser, pointer, "is not known here");
      }
    }

    private Optional<String> valid(String pointer, String text) {
      Optional<String> problem = EventType.problemWith(text);
      problem.ifPresent(detail -> problems.add(new FieldProblem(pointer, detail)));
      return problem.isPresent() ? Optional.empty() : Optional.of(text);
    }

    private Optional<String> text(JsonParser parser, String pointer) throws IOException {
      if (parser.currentToken() == JsonToken.VALUE_STRING) {
        return Optional.of(parser.getText());
      }
      problem(parser, pointer, "must be a string");
      return Optional.empty();
    }

    private Optional<Instant> time(JsonParser parser, String pointer) throws IOException {
      Optional<Instant> time =
          switch (parser.currentToken()) {
            case VALUE_STRING -> Timestamps.parse(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                Timestamps.ofEpoch(parser.getDecimalValue());
            default -> Optional.empty();
          };
      if (time.isEmpty()) {
        problem(parser, pointer, "must be a time: RFC 3339, or seconds since 1970");
      }
      return time;
    }

    private void all(JsonParser parser, String pointer) throws IOException {
      if (!parser.currentToken().isBoolean()) {
        problem(parser, pointer, "must be true or false");
      }
      isForAll = parser.currentToken() == JsonToken.VALUE_TRUE;
    }

    private void type(String pointer, String type) {
      if (!filter.types().isEmpty()) {
        problems.add(new FieldProblem(pointer, "is given twice: use event_type or type, not both"));
      }
      filter = filter.withTypes(Set.of(new EventType(type)));
    }

    private void limit(JsonParser parser, String pointer) throws IOException {
      BigDecimal number =
          parser.currentToken() == JsonToken.VALUE_NUMBER_INT
              ? parser.getDecimalValue()
              : BigDecimal.ZERO;
      boolean isInRange =
          number.compareTo(BigDecimal.ONE) >= 0
              && number.compareTo(BigDecimal.valueOf(MAX_LIMIT)) <= 0;
      if (isInRange) {
        limit = number.intValue();
      } else {
        problem(parser, pointer, "must be an integer from 1 to " + MAX_LIMIT);
      }
    }

    private void problem(JsonParser parser, String pointer, String detail) throws IOException {
      parser.skipChildren();
      problems.add(new FieldProblem(pointer, detail));
    }
  }
}
