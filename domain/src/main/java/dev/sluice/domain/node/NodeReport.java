package dev.sluice.domain.node;

import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.figures.NodeFigures;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// What a node says of itself.
///
/// @param id its name in leases and attempts
/// @param version of the program
/// @param startedAt since when it runs
/// @param phase what it is about
/// @param inFlight deliveries in work on it
/// @param slots how many may be in work on it at once
/// @param figures what it did; nothing when it told so in a way that is not known here, as a newer
///   version might
public record NodeReport(
    WorkerId id,
    String version,
    Instant startedAt,
    Phase phase,
    int inFlight,
    int slots,
    Optional<NodeFigures> figures) {

  /// What a node is about.
  public enum Phase {
    /// It takes events in and works deliveries off.
    ACTIVE,
    /// It is about to stop: it takes nothing new, or soon will not, and brings to an end what it
    /// has.
    DRAINING,
    /// It has said goodbye: nothing of it is left to wait for.
    LEFT;

    /// The name in the API, in lower case.
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
