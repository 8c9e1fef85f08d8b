package dev.sluice.adapter.http;

import dev.sluice.domain.delivery.EventSummary;
import java.util.Optional;

/// What a producer learns when the id of its event is taken: nothing of an event that it could not
/// have sent, and nothing of a payload that its key hides. To be told whether the content is the
/// same would be enough to find out a payload by trying.
record StoredBefore(Caller caller) {

  /// What takes the place of the answer that the event was stored before with the same content, if
  /// the caller must not learn that.
  Optional<Problem> withheld(EventSummary existing) {
    return caller.hidesPayloads() ? Optional.of(taken(existing)) : Optional.empty();
  }

  /// Another event has the id.
  Problem conflict(EventSummary existing) {
    if (!caller.maySend(existing.event().type())) {
      return ofAnotherType(ProblemCode.EVENT_ID_CONFLICT);
    }
    return caller.hidesPayloads() ? taken(existing) : Problems.conflict(existing);
  }

  /// Another event has the id that the Idempotency-Key stands for.
  Problem idempotencyConflict(EventSummary existing) {
    if (!caller.maySend(existing.event().type())) {
      return ofAnotherType(ProblemCode.IDEMPOTENCY_KEY_CONFLICT);
    }
    return caller.hidesPayloads() ? taken(existing) : Problems.idempotencyConflict(existing);
  }

  private static Problem ofAnotherType(ProblemCode code) {
    return Problem.of(
        code, "an event of another type has this id; this one was not stored: use another id");
  }

  private static Problem taken(EventSummary existing) {
    return Problems.about(
        existing,
        ProblemCode.EVENT_ID_TAKEN,
        "an event with this id is stored; this key hides payloads, so whether its content is the"
            + " same is not told");
  }
}
