package dev.sluice.adapter.http;

import dev.sluice.application.intake.IngestResult;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.port.ExistingEvent;
import dev.sluice.format.FieldProblem;
import dev.sluice.format.MalformedJsonException;
import dev.sluice.format.ShownText;
import dev.sluice.format.Timestamps;
import java.time.Instant;
import java.util.List;

/// The problems that several routes answer with.
public final class Problems {

  private static final int MAX_SHOWN = 100;

  private Problems() {}

  public static Problem invalidEvent(List<FieldProblem> problems) {
    return Problem.of(
        ProblemCode.INVALID_EVENT,
        "the event was not stored; mend what errors names and send it again",
        problems);
  }

  public static Problem typeNotAllowed(EventType type) {
    return Problem.of(
        ProblemCode.TYPE_NOT_ALLOWED,
        "the event was not stored: this key does not allow events of type "
            + shorten(type.value()));
  }

  public static Problem malformed(MalformedJsonException cause) {
    return Problem.of(
        ProblemCode.INVALID_JSON, "the body is not valid JSON: " + cause.getMessage());
  }

  public static Problem duplicate(ExistingEvent existing) {
    return about(
        existing,
        ProblemCode.DUPLICATE_EVENT,
        "an event with this id and the same content is stored; there is nothing more to do");
  }

  public static Problem conflict(ExistingEvent existing) {
    return about(
        existing,
        ProblemCode.EVENT_ID_CONFLICT,
        "an event with this id and other content is stored; this one was not stored: give it an id"
            + " of its own");
  }

  public static Problem idempotencyConflict(ExistingEvent existing) {
    return about(
        existing,
        ProblemCode.IDEMPOTENCY_KEY_CONFLICT,
        "this Idempotency-Key was used for an event with other content; this one was not stored:"
            + " use a new key");
  }

  public static Problem incomparable(ExistingEvent existing) {
    return about(
        existing,
        ProblemCode.EVENT_DAMAGED,
        "an event with this id is stored, but its content is damaged and cannot be compared; this"
            + " one was not stored: send it with another id, or restore a backup");
  }

  /// Reading on or trying again does not help.
  public static Problem damaged() {
    return Problem.of(
        ProblemCode.EVENT_DAMAGED,
        "the stored content of the event is damaged, so nothing was changed: run `sluice storage"
            + " check` and restore a backup, or discard its dead letters with a bulk job");
  }

  public static Problem refused(IngestResult.Refused refused) {
    return switch (refused.reason()) {
      case BACKLOG_FULL ->
          Problem.later(
              ProblemCode.BACKLOG_FULL,
              "there are as many unfinished events as allowed; the event was not stored: send it"
                  + " again after Retry-After",
              refused.retryAfter());
      case STORE_FULL ->
          Problem.later(
              ProblemCode.STORE_FULL,
              "the storage has no room; the event was not stored: send it again after Retry-After",
              refused.retryAfter());
      case UNROUTED_FULL ->
          Problem.later(
              ProblemCode.STORE_FULL,
              "no subscription wants events of this type, and as many such events are kept as"
                  + " allowed (MAX_BACKLOG); the event was not stored: subscribe to the type, or"
                  + " send it again when older ones are gone",
              refused.retryAfter());
      case CONTENDED ->
          Problem.later(
              ProblemCode.EVENT_ID_BUSY,
              "another request with this event id is being worked on; the event was not stored:"
                  + " send it again after Retry-After",
              refused.retryAfter());
      case DRAINING ->
          Problem.later(
              ProblemCode.DRAINING,
              "the service is shutting down; the event was not stored: send it again, or to another"
                  + " node",
              refused.retryAfter());
      case WORKER_NODE ->
          Problem.later(
              ProblemCode.WORKER_NODE,
              "this node only works events off (NODE_ROLE=worker); the event was not stored: send"
                  + " it to a node with the role api or all",
              refused.retryAfter());
    };
  }

  /// The state of the event does not allow what was asked.
  public static Problem stateConflict(EventSummary event, String rule) {
    String detail = rule + "; this one is " + event.status().wireName() + " and was not changed";
    return about(
        event.event().id(),
        event.status(),
        event.event().receivedAt(),
        Problem.of(ProblemCode.STATE_CONFLICT, detail));
  }

  public static Problem notFound(String detail) {
    return Problem.of(ProblemCode.NOT_FOUND, detail);
  }

  /// What a client sent, cut so that it can be shown.
  public static String shorten(String text) {
    return ShownText.of(text, MAX_SHOWN);
  }

  public static Problem about(ExistingEvent existing, ProblemCode code, String detail) {
    return about(existing.id(), existing.status(), existing.receivedAt(), Problem.of(code, detail));
  }

  private static Problem about(
      EventId id, EventStatus status, Instant receivedAt, Problem problem) {
    return problem
        .withHeader("Location", Paths.ofEvent(id))
        .with("event_id", id.value())
        .with("status_of_event", status.wireName())
        .with("received_at", Timestamps.format(receivedAt));
  }
}
