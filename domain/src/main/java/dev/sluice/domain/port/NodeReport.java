package dev.sluice.domain.port;

import dev.sluice.domain.delivery.WorkerId;
import java.time.Instant;
import java.util.Locale;

/// What a node says of itself.
///
/// @param id its name in leases and attempts
/// @param version of the program
/// @param startedAt since when it runs
/// @param phase what it is about
/// @param inFlight deliveries in work on it
public record NodeReport(
    WorkerId id, String version, Instant startedAt, Phase phase, int inFlight) {

  /// What a node is about.
  public enum Phase {
    /// It takes events in and works deliveries off.
    ACTIVE,
    /// It takes nothing new and brings to an end what it has.
    DRAINING,
    /// It has said goodbye: nothing of it is left to wait for.
    LEFT;

    /// The name in the API, in lower case.
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
