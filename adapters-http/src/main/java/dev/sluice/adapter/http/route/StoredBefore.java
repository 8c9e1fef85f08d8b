package dev.sluice.adapter.http.route;

import dev.sluice.adapter.http.Caller;
import dev.sluice.adapter.http.Problem;
import dev.sluice.adapter.http.ProblemCode;
import dev.sluice.adapter.http.Problems;
import dev.sluice.domain.port.ExistingEvent;
import java.util.Optional;

/// Chooses the problem for a producer whose event id is already in use. It reveals nothing of an
/// event that the producer could not have sent, and nothing of a payload that its key hides:
/// knowing whether the content is the same would be enough to find a payload by trial.
record StoredBefore(Caller caller) {

  /// Returns the problem that replaces the response for a duplicate, if the caller must not learn
  /// that the content is the same. Same content means the same type, so keys bound to types may
  /// learn it.
  Optional<Problem> withheld(ExistingEvent existing) {
    return caller.hidesPayloads() ? Optional.of(taken(existing)) : Optional.empty();
  }

  /// Returns the problem of an id that another event has.
  Problem conflict(ExistingEvent existing) {
    if (caller.isBoundToTypes()) {
      return unnamed(ProblemCode.EVENT_ID_CONFLICT);
    }
    return caller.hidesPayloads() ? taken(existing) : Problems.conflict(existing);
  }

  /// Returns the problem of an Idempotency-Key that was used for another event.
  Problem idempotencyConflict(ExistingEvent existing) {
    if (caller.isBoundToTypes()) {
      return unnamed(ProblemCode.IDEMPOTENCY_KEY_CONFLICT);
    }
    return caller.hidesPayloads() ? taken(existing) : Problems.idempotencyConflict(existing);
  }

  /// Returns the problem of an id whose event is damaged.
  Problem incomparable(ExistingEvent existing) {
    return caller.isBoundToTypes()
        ? unnamed(ProblemCode.EVENT_DAMAGED)
        : Problems.incomparable(existing);
  }

  /// Returns a problem without details of the stored event, which may be of a type that the key
  /// must not send.
  private static Problem unnamed(ProblemCode code) {
    return Problem.of(
        code, "Resend with a different id: another event has this id. This one was not stored.");
  }

  private static Problem taken(ExistingEvent existing) {
    return Problems.about(
        existing,
        ProblemCode.EVENT_ID_TAKEN,
        "Resend with a different id only if the content is new: an event with this id is stored."
            + " This key hides payloads, so the response does not reveal whether the contents are"
            + " equal.");
  }
}
