package dev.sluice.adapter.http.route;

import dev.sluice.adapter.http.Caller;
import dev.sluice.adapter.http.Problem;
import dev.sluice.adapter.http.ProblemCode;
import dev.sluice.adapter.http.Problems;
import dev.sluice.domain.port.ExistingEvent;
import java.util.Optional;

/// What a producer learns when the id of its event is taken: nothing of an event that it may not
/// have sent, and nothing of a payload that its key hides. Whether the content is the same would be
/// enough to find a payload by trial.
record StoredBefore(Caller caller) {

  /// What replaces the answer that the event was stored before with the same content, if the caller
  /// must not learn that. Same content means the same type, so keys that are bound to types may.
  Optional<Problem> withheld(ExistingEvent existing) {
    return caller.hidesPayloads() ? Optional.of(taken(existing)) : Optional.empty();
  }

  /// Another event has the id.
  Problem conflict(ExistingEvent existing) {
    if (caller.isBoundToTypes()) {
      return unnamed(ProblemCode.EVENT_ID_CONFLICT);
    }
    return caller.hidesPayloads() ? taken(existing) : Problems.conflict(existing);
  }

  /// Another event has the id that the Idempotency-Key stands for.
  Problem idempotencyConflict(ExistingEvent existing) {
    if (caller.isBoundToTypes()) {
      return unnamed(ProblemCode.IDEMPOTENCY_KEY_CONFLICT);
    }
    return caller.hidesPayloads() ? taken(existing) : Problems.idempotencyConflict(existing);
  }

  /// The event that has the id is damaged.
  Problem incomparable(ExistingEvent existing) {
    return caller.isBoundToTypes()
        ? unnamed(ProblemCode.EVENT_DAMAGED)
        : Problems.incomparable(existing);
  }

  /// The stored event may be of a type that the key must not send.
  private static Problem unnamed(ProblemCode code) {
    return Problem.of(
        code, "another event has this id; this one was not stored: use an id of its own");
  }

  private static Problem taken(ExistingEvent existing) {
    return Problems.about(
        existing,
        ProblemCode.EVENT_ID_TAKEN,
        "an event with this id is stored; this key hides payloads, so the answer does not say"
            + " whether its content is the same");
  }
}
