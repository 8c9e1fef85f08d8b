package dev.sluice.domain.node;

import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.figures.NodeFigures;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// The state of a node, as it reports it.
///
/// @param id its name in leases and attempts
/// @param version version of the program
/// @param startedAt when it started
/// @param phase the phase of its life
/// @param inFlight number of deliveries that it processes
/// @param slots maximum number of deliveries that it processes at once
/// @param figures what it did; empty when they are in an unknown format, such as that of a newer
///   version
public record NodeReport(
    WorkerId id,
    String version,
    Instant startedAt,
    Phase phase,
    int inFlight,
    int slots,
    Optional<NodeFigures> figures) {

  /// The phase of a node's life.
  public enum Phase {
    /// It accepts events and processes deliveries.
    ACTIVE,
    /// It is about to stop: it accepts nothing new, or soon will not, and finishes what it has.
    DRAINING,
    /// It has stopped: nothing is left to wait for.
    LEFT;

    /// Returns the name in the API, in lower case.
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
