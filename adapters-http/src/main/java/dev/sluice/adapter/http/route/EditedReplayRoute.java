package dev.sluice.adapter.http.route;

import dev.sluice.adapter.http.Exchange;
import dev.sluice.adapter.http.MediaTypes;
import dev.sluice.adapter.http.Paths;
import dev.sluice.adapter.http.Problem;
import dev.sluice.adapter.http.ProblemCode;
import dev.sluice.adapter.http.ProblemException;
import dev.sluice.adapter.http.Problems;
import dev.sluice.adapter.http.QueryParameters;
import dev.sluice.adapter.http.RequestBodies;
import dev.sluice.application.intake.IngestResult;
import dev.sluice.application.operate.ControlEvents;
import dev.sluice.application.operate.EditedReplay;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.Payload;
import dev.sluice.format.EventWriter;
import dev.sluice.format.FieldProblem;
import dev.sluice.format.Json;
import dev.sluice.format.JsonCursor;
import dev.sluice.format.JsonEvents;
import dev.sluice.format.MalformedJsonException;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `POST /events/{id}/replay` with a body `{"payload": …}`: leaves the event as it is and appends a
/// new one with the edited payload. The new event has an id of its own, everything else from the
/// old event, and the old id in `replay_of`.
final class EditedReplayRoute {

  /// Most bytes of the body besides the payload.
  private static final int ROOM = 1024;

  private final ControlEvents control;
  private final RequestBodies bodies;
  private final int maxPayloadBytes;

  EditedReplayRoute(ControlEvents control, RequestBodies bodies, int maxPayloadBytes) {
    this.control = control;
    this.bodies = bodies;
    this.maxPayloadBytes = maxPayloadBytes;
  }

  void post(Exchange exchange) throws IOException {
    QueryParameters.parse(exchange.rawQuery(), Set.of());
    MediaTypes.requireJson(exchange);
    bodies.read(
        exchange, _ -> maxPayloadBytes + ROOM, body -> replay(exchange, payload(body.bytes())));
  }

  private Payload payload(byte[] body) {
    try {
      JsonCursor json = JsonCursor.document(body);
      Payload payload = payload(json);
      json.requireEnd();
      return payload;
    } catch (MalformedJsonException e) {
      throw new ProblemException(Problems.malformed(e));
    }
  }

  private static Payload payload(JsonCursor json) {
    if (json.kind() != JsonCursor.Kind.OBJECT) {
      throw new MalformedJsonException("expected an object such as {\"payload\": 1}");
    }
    Optional<String> payload = Optional.empty();
    json.beginObject();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (!name.equals("payload")) {
        throw invalid(JsonEvents.pointerTo(name), "is unknown: only the payload can be changed");
      }
      if (payload.isPresent()) {
        throw invalid("/payload", "is given twice");
      }
      payload = Optional.of(json.raw());
    }
    return new Payload(
        payload.orElseThrow(() -> invalid("/payload", "is required: any JSON value")));
  }

  private static ProblemException invalid(String pointer, String detail) {
    return new ProblemException(
        Problem.of(
            ProblemCode.INVALID_EVENT,
            "Fix the fields listed in \"errors\" and resend. Nothing was replayed.",
            List.of(new FieldProblem(pointer, detail))));
  }

  private void replay(Exchange exchange, Payload payload) {
    EditedReplay replay =
        EventRoutes.idOf(exchange)
            .flatMap(id -> control.replayEdited(id, payload))
            .orElseThrow(() -> EventRoutes.unknown(exchange));
    switch (replay.result()) {
      case IngestResult.Accepted(EventSummary event) ->
          accepted(exchange, replay.original(), event);
      case IngestResult.Refused refused -> throw new ProblemException(Problems.refused(refused));
      case IngestResult.NotAllowed _,
          IngestResult.Duplicate _,
          IngestResult.Conflict _,
          IngestResult.Incomparable _ ->
          throw new IllegalStateException("a newly generated id is already in use");
    }
  }

  private static void accepted(Exchange exchange, Event old, EventSummary event) {
    String id = event.event().id().value();
    exchange.audit().did("event.edit_and_replay", old.id().value(), "as " + id);
    exchange.set(HeaderNames.LOCATION, Paths.ofEvent(event.event().id()));
    exchange.json(
        202, Json.write(json -> EventWriter.write(json, event, exchange.caller().payloads())));
  }
}
