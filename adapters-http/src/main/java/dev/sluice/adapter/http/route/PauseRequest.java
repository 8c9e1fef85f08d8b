package dev.sluice.adapter.http.route;

import dev.sluice.adapter.http.ProblemCode;
import dev.sluice.domain.subscription.Pause;
import dev.sluice.format.Timestamps;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// The body of a request to pause: an object with a `reason`, and `until` when it is to end by
/// itself.
///
/// @param until [Instant#MAX] when it does not end by itself
record PauseRequest(String reason, Instant until) {

  /// @param now `until` must be later
  /// @throws ProblemException naming all that is wrong
  static PauseRequest read(BodyObject body, Instant now) {
    body.allowOnly(Set.of("reason", "until"));
    if (!body.has("reason")) {
      body.problem("reason", "is missing: say why, for those who come later");
    }
    Optional<String> reason = body.text("reason");
    reason.flatMap(Pause::problemWith).ifPresent(detail -> body.problem("reason", detail));
    Optional<String> until = body.text("until");
    Optional<Instant> end = until.flatMap(Timestamps::parse);
    if (until.isPresent() && end.isEmpty()) {
      body.problem("until", "must be a time in RFC 3339");
    }
    if (end.isPresent() && !end.get().isAfter(now)) {
      body.problem("until", "must be in the future");
    }
    body.throwIfWrong(ProblemCode.INVALID_PAUSE, "nothing was paused; mend what errors names");
    return new PauseRequest(reason.orElse(""), end.orElse(Instant.MAX));
  }
}
