package dev.sluice.domain.subscription;

import dev.sluice.domain.event.TextRule;
import java.time.Instant;
import java.util.Optional;

/// Somebody's word that deliveries are to wait: they are kept, and none of them is begun.
///
/// @param scope which deliveries
/// @param reason why, for people to read
/// @param by who said so
/// @param at when
/// @param until when it ends by itself; [Instant#MAX] when somebody has to end it
public record Pause(PauseScope scope, String reason, String by, Instant at, Instant until) {

  /// Longer reasons are refused.
  public static final int MAX_REASON_LENGTH = 500;

  private static final TextRule REASON = new TextRule(MAX_REASON_LENGTH);

  /// @throws IllegalArgumentException when the reason breaks the rule; [#problemWith] asks first
  public Pause {
    REASON.require("reason of a pause", reason);
  }

  /// Says why `reason` cannot be one, or nothing when it can.
  public static Optional<String> problemWith(String reason) {
    return REASON.problemWith(reason);
  }

  /// When it ends by itself, if it does.
  public Optional<Instant> end() {
    return until.equals(Instant.MAX) ? Optional.empty() : Optional.of(until);
  }

  /// Whether it has ended by itself.
  public boolean isOver(Instant now) {
    return !now.isBefore(until);
  }
}
