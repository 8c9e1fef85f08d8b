package dev.sluice.adapter.http.route;

import dev.sluice.adapter.http.ProblemCode;
import dev.sluice.domain.subscription.Pause;
import dev.sluice.format.Timestamps;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// The body of a request to pause: an object with a `reason`, and optionally `until`, the automatic
/// end.
///
/// @param until [Instant#MAX] when the pause does not end by itself
record PauseRequest(String reason, Instant until) {

  /// @param now the current time; `until` must be later
  /// @throws ProblemException listing everything that is wrong
  static PauseRequest read(BodyObject body, Instant now) {
    body.allowOnly(Set.of("reason", "until"));
    if (!body.has("reason")) {
      body.problem("reason", "is required: explain the pause to other operators");
    }
    Optional<String> reason = body.text("reason");
    reason.flatMap(Pause::problemWith).ifPresent(detail -> body.problem("reason", detail));
    Optional<Instant> end = end(body, now);
    body.throwIfWrong(
        ProblemCode.INVALID_PAUSE,
        "Fix the fields listed in \"errors\" and resend. Nothing was paused.");
    return new PauseRequest(reason.orElse(""), end.orElse(Instant.MAX));
  }

  private static Optional<Instant> end(BodyObject body, Instant now) {
    Optional<String> until = body.text("until");
    Optional<Instant> end = until.flatMap(Timestamps::parse);
    if (until.isPresent() && end.isEmpty()) {
      body.problem("until", "must be a time in RFC 3339");
    }
    if (end.isPresent() && !end.get().isAfter(now)) {
      body.problem("until", "must be in the future");
    }
    return end;
  }
}
