package dev.sluice.adapter.jdbc;

import dev.sluice.domain.port.Claim;
import java.time.Instant;

/// A delivery that is being worked on.
///
/// @param row as it stands in the database
/// @param receivedAt of its event: tells it from a later event with the same id
record Leased(LiveRow row, Instant receivedAt) {

  /// Whether the claim's attempt is still the current one.
  boolean isHeldBy(Claim claim) {
    return row.attempts().started() == claim.attempt()
        && receivedAt.equals(claim.event().receivedAt());
  }
}
