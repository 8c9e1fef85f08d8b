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
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Creates the problems that several routes share.
public final class Problems {

  private static final int MAX_SHOWN = 100;

  private Problems() {}

  public static Problem invalidEvent(List<FieldProblem> problems) {
    return Problem.of(
        ProblemCode.INVALID_EVENT, "Fix the fields listed in \"errors\" and resend.", problems);
  }

  public static Problem typeNotAllowed(EventType type) {
    return Problem.of(
        ProblemCode.TYPE_NOT_ALLOWED,
        "Use a key that allows events of type "
            + shorten(type.value())
            + "; the event was not stored.");
  }

  public static Problem malformed(MalformedJsonException cause) {
    return Problem.of(
        ProblemCode.INVALID_JSON, "The body is not valid JSON: " + cause.getMessage() + ".");
  }

  public static Problem duplicate(ExistingEvent existing) {
    return about(
        existing,
        ProblemCode.DUPLICATE_EVENT,
        "An event with this id and the same content is already stored; no action is needed.");
  }

  public static Problem conflict(ExistingEvent existing) {
    return about(
        existing,
        ProblemCode.EVENT_ID_CONFLICT,
        "Resend with a different id: an event with this id and different content is already"
            + " stored. This one was not stored.");
  }

  public static Problem idempotencyConflict(ExistingEvent existing) {
    return about(
        existing,
        ProblemCode.IDEMPOTENCY_KEY_CONFLICT,
        "Resend with a new Idempotency-Key: this one was used for an event with different content."
            + " This event was not stored.");
  }

  public static Problem incomparable(ExistingEvent existing) {
    return about(
        existing,
        ProblemCode.EVENT_DAMAGED,
        "Resend with a different id, or restore a backup: an event with this id is stored, but its"
            + " content is damaged and cannot be compared. This one was not stored.");
  }

  /// Returns the problem of a damaged event; retrying does not help.
  public static Problem damaged() {
    return Problem.of(
        ProblemCode.EVENT_DAMAGED,
        "Run `sluice storage check` and restore a backup, or discard the event's dead letters with"
            + " a bulk job: its stored content is damaged. Nothing was changed.");
  }

  public static Problem refused(IngestResult.Refused refused) {
    return switch (refused.reason()) {
      case BACKLOG_FULL ->
          Problem.later(
              ProblemCode.BACKLOG_FULL,
              "Resend after Retry-After: the backlog is full. The event was not stored.",
              refused.retryAfter());
      case STORE_FULL ->
          Problem.later(
              ProblemCode.STORE_FULL,
              "Resend after Retry-After: the storage is full. The event was not stored.",
              refused.retryAfter());
      case UNROUTED_FULL ->
          Problem.later(
              ProblemCode.STORE_FULL,
              "Subscribe to the event's type, or resend when older events are deleted: no"
                  + " subscription matches the type, and MAX_BACKLOG such events are stored. The"
                  + " event was not stored.",
              refused.retryAfter());
      case CONTENDED ->
          Problem.later(
              ProblemCode.EVENT_ID_BUSY,
              "Resend after Retry-After: another request with this event id is in progress. The"
                  + " event was not stored.",
              refused.retryAfter());
      case DRAINING ->
          Problem.later(
              ProblemCode.DRAINING,
              "Resend later, or to another node: this one is shutting down. The event was not"
                  + " stored.",
              refused.retryAfter());
      case WORKER_NODE ->
          Problem.later(
              ProblemCode.WORKER_NODE,
              "Resend to a node with the role api or all: this one only processes deliveries"
                  + " (NODE_ROLE=worker). The event was not stored.",
              refused.retryAfter());
    };
  }

  /// Returns the problem of an action that the event's state does not allow.
  public static Problem stateConflict(EventSummary event, String rule) {
    String detail = rule + ". The event is " + event.status().wireName() + "; nothing was changed.";
    return about(
        event.event().id(),
        event.status(),
        event.event().receivedAt(),
        Problem.of(ProblemCode.STATE_CONFLICT, detail));
  }

  public static Problem notFound(String detail) {
    return Problem.of(ProblemCode.NOT_FOUND, detail);
  }

  /// Shortens a text from a client so that it can be shown.
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

  /// Refuses an event of which it is unknown whether it is stored.
  public static Problem storedUnknown() {
    return Problem.later(
        ProblemCode.STORE_UNAVAILABLE,
        "Resend with the same event id: the storage did not answer, so it is unknown whether the"
            + " event is stored.",
        Duration.ofSeconds(1));
  }
}
