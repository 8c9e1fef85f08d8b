package dev.sluice.application.operate;

import dev.sluice.domain.node.NodeReport;
import java.time.Instant;
import java.util.Locale;

/// A node as an operator sees it.
///
/// @param report its last report
/// @param lastSeen when it reported
/// @param state its state
/// @param isThis whether it is the node that was asked
public record NodeView(NodeReport report, Instant lastSeen, State state, boolean isThis) {

  /// The state of a node.
  public enum State {
    /// It accepts events and processes deliveries.
    ACTIVE,
    /// It is about to stop: it accepts nothing new, or soon will not, and finishes what it has.
    DRAINING,
    /// It reported that it leaves.
    LEFT,
    /// It has not reported for 15 s, not even that it leaves: it was killed, is frozen, or cannot
    /// reach the storage.
    SILENT;

    /// The name in the API, in lower case.
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Whether it is active or draining.
  public boolean isLive() {
    return state == State.ACTIVE || state == State.DRAINING;
  }
}
