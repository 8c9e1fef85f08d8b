package dev.sluice.domain.subscription;

import dev.sluice.domain.event.TextRule;
import java.time.Instant;
import java.util.Optional;

/// An operator's order to stop processing deliveries: they are kept, and no attempt begins.
///
/// @param scope the deliveries concerned
/// @param reason why, for people to read
/// @param by who paused
/// @param at when
/// @param until when it ends by itself; [Instant#MAX] when only an operator ends it
public record Pause(PauseScope scope, String reason, String by, Instant at, Instant until) {

  /// Longer reasons are rejected.
  public static final int MAX_REASON_LENGTH = 500;

  private static final TextRule REASON = new TextRule(MAX_REASON_LENGTH);

  /// @throws IllegalArgumentException when the reason breaks the rule; [#problemWith] checks
  ///   beforehand
  public Pause {
    REASON.require("pause reason", reason);
  }

  /// Returns why `reason` cannot be a reason; empty when it can.
  public static Optional<String> problemWith(String reason) {
    return REASON.problemWith(reason);
  }

  /// Returns when the pause ends by itself, if it does.
  public Optional<Instant> end() {
    return until.equals(Instant.MAX) ? Optional.empty() : Optional.of(until);
  }

  /// Returns whether the pause has ended by itself.
  public boolean isOver(Instant now) {
    return !now.isBefore(until);
  }
}
