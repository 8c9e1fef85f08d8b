package dev.sluice.adapter.http.route;

import dev.sluice.adapter.http.Exchange;
import dev.sluice.adapter.http.HttpMetrics;
import dev.sluice.adapter.http.HttpSettings;
import dev.sluice.adapter.http.MediaTypes;
import dev.sluice.adapter.http.Paths;
import dev.sluice.adapter.http.Problem;
import dev.sluice.adapter.http.ProblemCode;
import dev.sluice.adapter.http.ProblemException;
import dev.sluice.adapter.http.Problems;
import dev.sluice.adapter.http.QueryParameters;
import dev.sluice.adapter.http.RequestBodies;
import dev.sluice.adapter.http.RequestBody;
import dev.sluice.adapter.http.TraceHeaders;
import dev.sluice.application.intake.EventDraft;
import dev.sluice.application.intake.IngestEvents;
import dev.sluice.application.intake.IngestResult;
import dev.sluice.application.operate.BrowseEvents;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.port.ExistingEvent;
import dev.sluice.format.CloudEventReader;
import dev.sluice.format.ContentType;
import dev.sluice.format.EventReader;
import dev.sluice.format.EventWriter;
import dev.sluice.format.FieldProblem;
import dev.sluice.format.Json;
import dev.sluice.format.MalformedJsonException;
import dev.sluice.format.ReadEvent;
import dev.sluice.format.TraceContext;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/// `POST /events`: one event, a list of events, or a stream of them, in Sluice's own form or as
/// CloudEvents.
final class IngestRoute {

  private static final HeaderName IDEMPOTENT_REPLAYED = HeaderNames.create("Idempotent-Replayed");

  private final IngestEvents intake;
  private final BrowseEvents browse;
  private final HttpSettings.Limits limits;
  private final RequestBodies bodies;
  private final HttpMetrics metrics;
  private final BatchResponse.Open answers;
  private final IntakeGroups groups;
  private final NdjsonIngest ndjson;

  IngestRoute(
      IngestEvents intake,
      BrowseEvents browse,
      HttpSettings.Limits limits,
      RequestBodies bodies,
      HttpMetrics metrics,
      BatchResponse.Open answers,
      IntakeGroups groups) {
    this.intake = intake;
    this.browse = browse;
    this.limits = limits;
    this.bodies = bodies;
    this.metrics = metrics;
    this.answers = answers;
    this.groups = groups;
    this.ndjson = new NdjsonIngest(intake, limits, answers, groups, System::nanoTime);
  }

  void post(Exchange exchange) throws IOException {
    QueryParameters.parse(exchange.rawQuery(), Set.of());
    Optional<String> contentType = exchange.header(HeaderNames.CONTENT_TYPE);
    if (CloudEventHeaders.arePresent(exchange) && !ContentType.isCloudEvents(contentType)) {
      readOne(exchange, body -> CloudEventHeaders.read(exchange, body));
      return;
    }
    read(exchange, MediaTypes.of(contentType).orElseThrow(() -> unsupported(contentType)));
  }

  private void readOne(Exchange exchange, Function<byte[], ReadEvent> reader) throws IOException {
    bodies.read(
        exchange,
        _ -> limits.maxPayloadBytes(),
        body -> one(exchange, parsed(() -> reader.apply(body.bytes()))));
  }

  private void read(Exchange exchange, MediaTypes type) throws IOException {
    switch (type) {
      case JSON -> bodies.read(exchange, this::limitFor, body -> json(exchange, body));
      case NDJSON -> {
        requireNoKey(exchange);
        bodies.stream(exchange, (body, share) -> ndjson.run(exchange, body, share));
      }
      case CLOUD_EVENT ->
          readOne(
              exchange, body -> CloudEventReader.readDocument(body, TraceHeaders.read(exchange)));
      case CLOUD_EVENT_BATCH ->
          bodies.read(
              exchange, _ -> limits.maxBatchBytes(), body -> cloudEvents(exchange, body.bytes()));
    }
  }

  private int limitFor(int firstCharacter) {
    return isList(firstCharacter) ? limits.maxBatchBytes() : limits.maxPayloadBytes();
  }

  private static boolean isList(int firstCharacter) {
    return firstCharacter == '[';
  }

  private void json(Exchange exchange, RequestBody body) throws IOException {
    TraceContext trace = TraceHeaders.read(exchange);
    if (isList(body.first())) {
      list(exchange, body.bytes(), json -> EventReader.read(json, trace), false);
    } else {
      one(exchange, parsed(() -> EventReader.readDocument(body.bytes(), trace)));
    }
  }

  /// Reads a batch of CloudEvents, which may be empty (HTTP binding, 3.3.2).
  private void cloudEvents(Exchange exchange, byte[] body) throws IOException {
    TraceContext trace = TraceHeaders.read(exchange);
    list(exchange, body, json -> CloudEventReader.read(json, trace), true);
  }

  private void list(
      Exchange exchange, byte[] body, ListReader.ElementReader elements, boolean mayBeEmpty)
      throws IOException {
    requireNoKey(exchange);
    List<ReadEvent> events = parsed(() -> new ListReader(limits, elements).read(body));
    try (BatchResponse answer = answers.open(exchange.caller())) {
      if (mayBeEmpty) {
        answer.mayBeEmpty();
      }
      answer.takeAll(events, intake, groups);
      answer.send(exchange);
    }
  }

  private void one(Exchange exchange, ReadEvent read) {
    switch (read) {
      case ReadEvent.Invalid(List<FieldProblem> problems) -> {
        metrics.rejected(1);
        exchange.problem(Problems.invalidEvent(problems));
      }
      case ReadEvent.Valid(EventDraft draft) -> {
        if (!exchange.caller().types().allow(draft.type())) {
          answer(exchange, new IngestResult.NotAllowed(draft.type()), false);
          return;
        }
        Optional<EventId> key = key(exchange);
        EventDraft toStore =
            draft.id().isPresent()
                ? draft
                : key.map(id -> draft.withId(Optional.of(id))).orElse(draft);
        IngestResult result = intake.ingest(List.of(toStore), exchange.caller().types()).getFirst();
        answer(exchange, result, key.isPresent());
      }
    }
  }

  private Optional<EventId> key(Exchange exchange) {
    try {
      return IdempotencyKey.of(exchange);
    } catch (ProblemException e) {
      metrics.rejected(1);
      throw e;
    }
  }

  /// Rejects an `Idempotency-Key` with a batch: a producer that relies on it would store a batch
  /// twice.
  private void requireNoKey(Exchange exchange) {
    if (exchange.header(IdempotencyKey.NAME).isPresent()) {
      metrics.rejected(1);
      throw IdempotencyKey.invalid("applies to one event: give each event of a batch an event_id");
    }
  }

  private void answer(Exchange exchange, IngestResult result, boolean isKeyed) {
    switch (result) {
      case IngestResult.Accepted(EventSummary event) -> accepted(exchange, event);
      case IngestResult.NotAllowed(EventType type) -> {
        metrics.rejected(1);
        exchange.problem(Problems.typeNotAllowed(type));
      }
      case IngestResult.Duplicate(ExistingEvent existing) -> {
        metrics.duplicate();
        Optional<Problem> withheld = new StoredBefore(exchange.caller()).withheld(existing);
        if (withheld.isPresent()) {
          exchange.problem(withheld.get());
        } else if (isKeyed) {
          replayed(exchange, existing);
        } else {
          exchange.problem(Problems.duplicate(existing));
        }
      }
      case IngestResult.Conflict(ExistingEvent existing) -> {
        metrics.conflict();
        var before = new StoredBefore(exchange.caller());
        exchange.problem(
            isKeyed ? before.idempotencyConflict(existing) : before.conflict(existing));
      }
      case IngestResult.Incomparable(ExistingEvent existing) -> {
        metrics.conflict();
        exchange.problem(new StoredBefore(exchange.caller()).incomparable(existing));
      }
      case IngestResult.Refused refused -> {
        metrics.shed(1);
        exchange.problem(Problems.refused(refused));
      }
    }
  }

  /// Responds with the stored event. It is as large as the body that the request already holds.
  private void replayed(Exchange exchange, ExistingEvent existing) {
    EventSummary event =
        browse
            .find(existing.id())
            .orElseThrow(() -> EventRoutes.unknown(existing.id().value()))
            .summary();
    exchange.set(IDEMPOTENT_REPLAYED, "true");
    accepted(exchange, event);
  }

  /// Responds with the event, its payload and the subscriptions that it was routed to, even to keys
  /// that hide payloads: this request sent it.
  private static void accepted(Exchange exchange, EventSummary event) {
    exchange.set(HeaderNames.LOCATION, Paths.ofEvent(event.event().id()));
    exchange.json(202, Json.write(json -> EventWriter.writeRouted(json, event)));
  }

  private ProblemException unsupported(Optional<String> contentType) {
    metrics.rejected(1);
    return new ProblemException(
        Problem.of(
                ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                "Send application/json, application/x-ndjson, application/cloudevents+json or"
                    + " application/cloudevents-batch+json in UTF-8; got "
                    + contentType.map(Problems::shorten).orElse("nothing")
                    + ".")
            .withHeader(
                "Accept-Post",
                "application/json, application/x-ndjson, application/cloudevents+json,"
                    + " application/cloudevents-batch+json"));
  }

  /// Parses something and converts malformed JSON into a problem.
  private <T> T parsed(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (MalformedJsonException e) {
      metrics.rejected(1);
      throw new ProblemException(Problems.malformed(e));
    }
  }
}
