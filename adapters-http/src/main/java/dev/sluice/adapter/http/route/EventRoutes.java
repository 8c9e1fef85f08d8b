package dev.sluice.adapter.http.route;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.adapter.http.Exchange;
import dev.sluice.adapter.http.Paths;
import dev.sluice.adapter.http.Permits;
import dev.sluice.adapter.http.ProblemException;
import dev.sluice.adapter.http.Problems;
import dev.sluice.adapter.http.QueryParameters;
import dev.sluice.adapter.http.Room;
import dev.sluice.application.operate.BrowseEvents;
import dev.sluice.application.operate.ControlEvents;
import dev.sluice.domain.delivery.EventRecord;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.ControlResult;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.Page;
import dev.sluice.format.EventWriter;
import dev.sluice.format.Json;
import dev.sluice.format.PayloadView;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Lists, finds, replays, cancels and discards events.
final class EventRoutes {

  private static final int AROUND_A_PAYLOAD = 300;

  private final BrowseEvents browse;
  private final ControlEvents control;
  private final EditedReplayRoute edited;
  private final Room answers;

  /// Limits concurrent page reads: a page of large payloads takes megabytes and tens of
  /// milliseconds.
  private final Permits pages = new Permits(Runtime.getRuntime().availableProcessors());

  /// @param answers memory for pages that are being sent
  EventRoutes(BrowseEvents browse, ControlEvents control, EditedReplayRoute edited, Room answers) {
    this.browse = browse;
    this.control = control;
    this.edited = edited;
    this.answers = answers;
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
    EventRecord found = idOf(exchange).flatMap(browse::find).orElseThrow(() -> unknown(exchange));
    byte[] body = Json.write(json -> EventWriter.write(json, found, exchange.caller().payloads()));
    try (Room.Share share = answers.share()) {
      share.hold(body.length);
      exchange.json(200, body);
    }
  }

  /// `POST /events/{id}/replay`
  void replay(Exchange exchange) throws IOException {
    if (exchange.request().content().hasEntity()) {
      edited.post(exchange);
    } else {
      change(exchange, control::replay, "Only finished events can be replayed");
    }
  }

  /// `POST /events/{id}/discard`
  void discard(Exchange exchange) {
    change(exchange, control::discard, "Only dead letters can be discarded");
  }

  /// `POST /events/{id}/cancel`
  void cancel(Exchange exchange) {
    change(exchange, control::cancel, "Only events that wait for an attempt can be cancelled");
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

  private void change(Exchange exchange, Function<EventId, ControlResult> action, String rule) {
    QueryParameters.parse(exchange.rawQuery(), Set.of());
    EventId id = idOf(exchange).orElseThrow(() -> unknown(exchange));
    switch (action.apply(id)) {
      case ControlResult.Changed(EventSummary event, int _) -> {
        exchange.set(HeaderNames.LOCATION, Paths.ofEvent(id));
        var payloads = exchange.caller().payloads();
        exchange.json(202, Json.write(json -> EventWriter.write(json, event, payloads)));
      }
      case ControlResult.NotAllowed(EventSummary event) ->
          exchange.problem(Problems.stateConflict(event, rule));
      case ControlResult.NotFound() -> throw unknown(exchange);
    }
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
