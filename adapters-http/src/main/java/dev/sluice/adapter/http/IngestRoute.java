package dev.sluice.adapter.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.application.intake.EventDraft;
import dev.sluice.application.intake.IngestEvents;
import dev.sluice.application.intake.IngestResult;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.event.EventId;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `POST /events`: one event, a list of events, or a stream of them, in Sluice's own form or as
/// CloudEvents.
final class IngestRoute {

  private static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");
  private static final HeaderName IDEMPOTENT_REPLAYED = HeaderNames.create("Idempotent-Replayed");

  private final IngestEvents intake;
  private final HttpSettings.Limits limits;
  private final RequestBodies bodies;
  private final HttpMetrics metrics;
  private final NdjsonIngest ndjson;

  IngestRoute(
      IngestEvents intake,
      HttpSettings.Limits limits,
      RequestBodies bodies,
      HttpMetrics metrics,
      NdjsonIngest ndjson) {
    this.intake = intake;
    this.limits = limits;
    this.bodies = bodies;
    this.metrics = metrics;
    this.ndjson = ndjson;
  }

  void post(Exchange exchange) throws IOException {
    QueryParameters.parse(exchange.rawQuery(), Set.of());
    Optional<String> contentType = exchange.header(HeaderNames.CONTENT_TYPE);
    if (CloudEventHeaders.arePresent(exchange) && !MediaTypes.isCloudEvents(contentType)) {
      bodies.read(
          exchange,
          _ -> limits.maxPayloadBytes(),
          body -> one(exchange, parsed(() -> CloudEventHeaders.read(exchange, body))));
      return;
    }
    MediaTypes type = MediaTypes.of(contentType).orElseThrow(() -> unsupported(contentType));
    switch (type) {
      case JSON -> bodies.read(exchange, this::limitFor, body -> json(exchange, body));
      case NDJSON -> ndjson.run(exchange, bodies.open(exchange));
      case CLOUD_EVENT ->
          bodies.read(
              exchange,
              _ -> limits.maxPayloadBytes(),
              body -> one(exchange, parsed(() -> CloudEventReader.readDocument(body))));
      case CLOUD_EVENT_BATCH ->
          bodies.read(
              exchange,
              _ -> limits.maxBatchBytes(),
              body -> list(exchange, body, CloudEventReader::read));
    }
  }

  private int limitFor(int firstCharacter) {
    return firstCharacter == '[' ? limits.maxBatchBytes() : limits.maxPayloadBytes();
  }

  private void json(Exchange exchange, byte[] body) throws IOException {
    if (isList(body)) {
      list(exchange, body, EventReader::read);
    } else {
      one(exchange, parsed(() -> EventReader.readDocument(body)));
    }
  }

  private static boolean isList(byte[] body) {
    int index = 0;
    while (index < body.length && body[index] >= 0 && body[index] <= ' ') {
      index++;
    }
    return index < body.length && body[index] == '[';
  }

  private void list(Exchange exchange, byte[] body, ListReader.ElementReader elements)
      throws IOException {
    List<ReadEvent> events = parsed(() -> new ListReader(limits, elements).read(body));
    try (var answer = new BatchAnswer(metrics)) {
      answer.take(exchange.caller().permitted(events), intake);
      answer.send(exchange);
    }
  }

  private void one(Exchange exchange, ReadEvent read) {
    switch (exchange.caller().permitted(read)) {
      case ReadEvent.NotAllowed(EventDraft draft) -> {
        metrics.rejected(1);
        exchange.problem(Problems.typeNotAllowed(draft.type()));
      }
      case ReadEvent.Invalid(List<FieldProblem> problems) -> {
        metrics.rejected(1);
        exchange.problem(Problems.invalidEvent(problems));
      }
      case ReadEvent.Valid(EventDraft draft) -> {
        Optional<String> key = exchange.header(IDEMPOTENCY_KEY);
        boolean isKeyed = key.isPresent() && draft.id().isEmpty();
        EventDraft toStore = isKeyed ? withId(draft, key.get()) : draft;
        answer(exchange, intake.ingest(List.of(toStore)).getFirst(), isKeyed);
      }
    }
  }

  private EventDraft withId(EventDraft draft, String key) {
    Optional<String> problem = HeaderText.problemWith(key).or(() -> EventId.problemWith(key));
    if (problem.isPresent()) {
      metrics.rejected(1);
      throw new ProblemException(
          Problem.of(
              ProblemCode.INVALID_HEADER,
              "the Idempotency-Key " + problem.get(),
              List.of(new FieldProblem("Idempotency-Key", problem.get()))));
    }
    return new EventDraft(
        Optional.of(new EventId(key)),
        draft.type(),
        draft.occurredAt(),
        draft.payload(),
        draft.attributes());
  }

  private void answer(Exchange exchange, IngestResult result, boolean isKeyed) {
    switch (result) {
      case IngestResult.Accepted(EventSummary event) -> accepted(exchange, event);
      case IngestResult.Duplicate(EventSummary existing) -> {
        metrics.duplicate();
        if (isKeyed) {
          exchange.set(IDEMPOTENT_REPLAYED, "true");
          accepted(exchange, existing);
        } else {
          exchange.problem(Problems.duplicate(existing));
        }
      }
      case IngestResult.Conflict(EventSummary existing) -> {
        metrics.conflict();
        exchange.problem(
            isKeyed ? Problems.idempotencyConflict(existing) : Problems.conflict(existing));
      }
      case IngestResult.Refused refused -> {
        metrics.shed(1);
        exchange.problem(Problems.refused(refused));
      }
    }
  }

  /// Shows the payload to everybody: it came with this very request.
  private static void accepted(Exchange exchange, EventSummary event) {
    exchange.set(HeaderNames.LOCATION, Paths.ofEvent(event.event().id()));
    exchange.json(202, Json.write(json -> EventWriter.write(json, event, PayloadView.WHOLE)));
  }

  private ProblemException unsupported(Optional<String> contentType) {
    metrics.rejected(1);
    return new ProblemException(
        Problem.of(
                ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                "send application/json, application/x-ndjson, application/cloudevents+json or"
                    + " application/cloudevents-batch+json, in UTF-8; got "
                    + contentType.map(Problems::shorten).orElse("nothing"))
            .withHeader(
                "Accept-Post",
                "application/json, application/x-ndjson, application/cloudevents+json,"
                    + " application/cloudevents-batch+json"));
  }

  /// Reads something, and turns what the parser has to say into a problem.
  private <T> T parsed(Reading<T> reading) throws IOException {
    try {
      return reading.read();
    } catch (JsonProcessingException e) {
      metrics.rejected(1);
      throw new ProblemException(Problems.malformed(MalformedJsonException.of(e)));
    } catch (MalformedJsonException e) {
      metrics.rejected(1);
      throw new ProblemException(Problems.malformed(e));
    }
  }

  private interface Reading<T> {
    T read() throws IOException;
  }
}
