package dev.sluice.adapter.http.route;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.adapter.http.Exchange;
import dev.sluice.adapter.http.Paths;
import dev.sluice.adapter.http.Permits;
import dev.sluice.adapter.http.ProblemCode;
import dev.sluice.adapter.http.ProblemException;
import dev.sluice.adapter.http.Problems;
import dev.sluice.adapter.http.QueryParameters;
import dev.sluice.adapter.http.RequestBodies;
import dev.sluice.adapter.http.Room;
import dev.sluice.application.intake.EventDraft;
import dev.sluice.application.intake.IngestResult;
import dev.sluice.application.operate.BrowseEvents;
import dev.sluice.application.operate.ControlEvents;
import dev.sluice.application.operate.EditedReplay;
import dev.sluice.domain.delivery.EventRecord;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.delivery.ReplayScope;
import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.Payload;
import dev.sluice.domain.port.ControlResult;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.Page;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.format.EventWriter;
import dev.sluice.format.Json;
import dev.sluice.format.PayloadView;
import dev.sluice.format.Timestamps;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/// Lists, finds, reschedules, replays, cancels and discards events.
final class EventRoutes {

  private static final int AROUND_A_PAYLOAD = 300;

  private final BrowseEvents browse;
  private final ControlEvents control;
  private final RequestBodies bodies;
  private final int maxPayloadBytes;
  private final Room answers;
  private final InstantSource clock;

  /// Limits concurrent page reads: a page of large payloads takes megabytes and tens of
  /// milliseconds.
  private final Permits pages = new Permits(Runtime.getRuntime().availableProcessors());

  /// @param maxPayloadBytes longest payload of an edited replay
  /// @param answers memory for pages that are being sent
  /// @param clock what delays count from
  EventRoutes(
      BrowseEvents browse,
      ControlEvents control,
      RequestBodies bodies,
      int maxPayloadBytes,
      Room answers,
      InstantSource clock) {
    this.browse = browse;
    this.control = control;
    this.bodies = bodies;
    this.maxPayloadBytes = maxPayloadBytes;
    this.answers = answers;
    this.clock = clock;
  }

  /// `GET /events`
  void list(Exchange exchange) throws IOException {
    page(exchange, EventQuery.ofEvents(exchange.rawQuery()));
  }

  /// `GET /dead-letters`
  void deadLetters(Exchange exchange) throws IOException {
    page(exchange, EventQuery.ofDeadLetters(exchange.rawQuery()));
  }

  /// `GET /events/{id}`
  void find(Exchange exchange) {
    QueryParameters.parse(exchange.rawQuery(), Set.of());
    EventRecord found = browse.find(known(exchange)).orElseThrow(() -> unknown(exchange));
    byte[] body = Json.write(json -> EventWriter.write(json, found, exchange.caller().payloads()));
    try (Room.Share share = answers.share()) {
      share.hold(body.length);
      exchange.json(200, body);
    }
  }

  /// `POST /events/{id}/replay`: replays the failed deliveries, or those that the body names. With
  /// a payload in the body, leaves the event as it is and stores a new one with that payload: it
  /// has an id of its own, everything else from the old event, and the old id in `replay_of`.
  void replay(Exchange exchange) throws IOException {
    ActionBody.ofReplay(
        exchange,
        bodies,
        maxPayloadBytes,
        body -> {
          if (body.payload().isPresent()) {
            replayEdited(exchange, body.payload().get());
          } else {
            replay(exchange, body.scope());
          }
        });
  }

  private void replay(Exchange exchange, ReplayScope scope) {
    String rule =
        switch (scope) {
          case ReplayScope.Failed _ ->
              "This event has no failed delivery. Send {\"all\": true} or"
                  + " {\"subscriptions\": [...]} to replay finished ones";
          case ReplayScope.Named _ ->
              "None of the deliveries for the named subscriptions is finished";
          case ReplayScope.All() -> "This event has no finished delivery";
        };
    EventId id = known(exchange);
    exchange.audit().did("event.replay", id.value(), scope.describe());
    answer(exchange, id, control.replay(id, scope, ActionBody.place(exchange)), rule);
  }

  private void replayEdited(Exchange exchange, Payload payload) {
    EditedReplay replay =
        control.replayEdited(known(exchange), payload).orElseThrow(() -> unknown(exchange));
    switch (replay.result()) {
      case IngestResult.Accepted(EventSummary event) -> {
        String id = event.event().id().value();
        exchange.audit().did("event.edit_and_replay", replay.original().id().value(), "as " + id);
        accepted(exchange, event);
      }
      case IngestResult.Refused refused -> throw new ProblemException(Problems.refused(refused));
      case IngestResult.NotAllowed _,
          IngestResult.Duplicate _,
          IngestResult.Conflict _,
          IngestResult.Incomparable _ ->
          throw new IllegalStateException("a newly generated id is already in use");
    }
  }

  /// `POST /events/{id}/discard`
  void discard(Exchange exchange) throws IOException {
    change(exchange, "event.discard", control::discard, "Only failed deliveries can be discarded");
  }

  /// `POST /events/{id}/cancel`
  void cancel(Exchange exchange) throws IOException {
    change(
        exchange,
        "event.cancel",
        control::cancel,
        "Only deliveries that wait for an attempt can be cancelled");
  }

  /// `PATCH /events/{id}`: moves the first attempts of its deliveries to `deliver_at`, or to
  /// `delay` from now.
  void reschedule(Exchange exchange) throws IOException {
    BodyObject.read(
        exchange,
        bodies,
        body -> {
          Instant time = scheduledTime(body);
          EventId id = known(exchange);
          exchange.audit().did("event.reschedule", id.value(), "to " + Timestamps.format(time));
          answer(
              exchange,
              id,
              control.reschedule(id, time),
              "Only deliveries that were never attempted can be rescheduled");
        });
  }

  private Instant scheduledTime(BodyObject body) {
    body.allowOnly(Set.of(Attributes.DELIVER_AT, "delay"));
    Optional<Instant> given =
        body.time(Attributes.DELIVER_AT)
            .or(() -> body.duration("delay", EventDraft.MAX_DELAY).map(clock.instant()::plus));
    Optional<Instant> time = given.map(Attributes::roundUp);
    boolean isOne = body.has(Attributes.DELIVER_AT) != body.has("delay");
    if (!isOne) {
      body.problem(Attributes.DELIVER_AT, "give deliver_at or delay, not both");
    }
    time.flatMap(at -> Attributes.problemWith(Attributes.DELIVER_AT, Timestamps.format(at)))
        .ifPresent(problem -> body.problem(Attributes.DELIVER_AT, problem));
    body.throwIfWrong(
        ProblemCode.INVALID_EVENT,
        "Fix the fields listed in \"errors\" and resend. Nothing was changed.");
    return time.orElseThrow();
  }

  private void page(Exchange exchange, EventQuery query) throws IOException {
    exchange.caller().requireMaySearch(query.filter());
    Page<EventSummary> page = pages.call(() -> browse.list(query.filter(), query.page()));
    if (page.hasNext()) {
      linkTo(page.next(), query, exchange);
    }
    var payloads = query.withPayloads() ? exchange.caller().payloads() : PayloadView.LEFT_OUT;
    if (exchange.isHead()) {
      exchange.json(200, Json.write(json -> writeAll(json, page.items(), payloads)));
      return;
    }
    long size = sizeOf(page.items());
    try (Room.Share share = answers.share()) {
      // The page stays in memory until the client has read it.
      share.hold(size);
      write(exchange, page.items(), payloads, size);
    }
  }

  private static void linkTo(Cursor next, EventQuery query, Exchange exchange) {
    String link = query.parameters().with("cursor", query.tokenOf(next));
    exchange.set(HeaderNames.LINK, "<" + exchange.rawPath() + "?" + link + ">; rel=\"next\"");
  }

  private static void write(
      Exchange exchange, List<EventSummary> events, PayloadView payloads, long size)
      throws IOException {
    try (OutputStream target = exchange.stream(200, Exchange.JSON, size);
        JsonGenerator json = Json.generator(target)) {
      writeAll(json, events, payloads);
    }
  }

  /// Estimates the size of the events in bytes.
  private static long sizeOf(List<EventSummary> events) {
    long size = 0;
    for (EventSummary event : events) {
      size += AROUND_A_PAYLOAD + event.event().length();
    }
    return size;
  }

  private static void writeAll(JsonGenerator json, List<EventSummary> events, PayloadView payloads)
      throws IOException {
    json.writeStartArray();
    for (EventSummary event : events) {
      EventWriter.write(json, event, payloads);
    }
    json.writeEndArray();
  }

  private void change(
      Exchange exchange,
      String name,
      BiFunction<EventId, Set<SubscriptionName>, ControlResult> action,
      String rule)
      throws IOException {
    ActionBody.ofOthers(
        exchange,
        bodies,
        body -> {
          EventId id = known(exchange);
          exchange.audit().did(name, id.value(), describe(body.subscriptions()));
          answer(exchange, id, action.apply(id, body.subscriptions()), rule);
        });
  }

  private static String describe(Set<SubscriptionName> subscriptions) {
    return subscriptions.isEmpty() ? "" : new ReplayScope.Named(subscriptions).describe();
  }

  /// @param rule why the action is not allowed, if it is not
  private static void answer(Exchange exchange, EventId id, ControlResult result, String rule) {
    switch (result) {
      case ControlResult.Changed(EventSummary event, var _) -> accepted(exchange, event);
      case ControlResult.NotAllowed(EventSummary event) ->
          exchange.problem(Problems.stateConflict(event, rule));
      case ControlResult.NoDelivery(EventSummary event, SubscriptionName subscription) ->
          exchange.problem(
              Problems.stateConflict(
                  event, "This event has no delivery for the subscription " + subscription));
      case ControlResult.NotFound() -> throw unknown(id.value());
    }
  }

  private static void accepted(Exchange exchange, EventSummary event) {
    exchange.set(HeaderNames.LOCATION, Paths.ofEvent(event.event().id()));
    var payloads = exchange.caller().payloads();
    exchange.json(202, Json.write(json -> EventWriter.write(json, event, payloads)));
  }

  private static EventId known(Exchange exchange) {
    return idOf(exchange).orElseThrow(() -> unknown(exchange));
  }

  /// Returns the event id in the path; empty when it is not a valid id.
  static Optional<EventId> idOf(Exchange exchange) {
    String text = exchange.pathParameter();
    return EventId.problemWith(text).isEmpty() ? Optional.of(new EventId(text)) : Optional.empty();
  }

  /// Returns the problem of an unknown event id in the path.
  static ProblemException unknown(Exchange exchange) {
    return unknown(exchange.pathParameter());
  }

  static ProblemException unknown(String id) {
    return new ProblemException(
        Problems.notFound(
            "There is no event with the id "
                + Problems.shorten(id)
                + ": it was never stored, or retention has deleted it."));
  }
}
