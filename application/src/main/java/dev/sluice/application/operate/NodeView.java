package dev.sluice.application.operate;

import dev.sluice.domain.node.NodeReport;
import java.time.Instant;
import java.util.Locale;

/// A node as an operator sees it.
///
/// @param report what it last said of itself
/// @param lastSeen when it said so
/// @param state how it is
/// @param isThis whether it is the one that was asked
public record NodeView(NodeReport report, Instant lastSeen, State state, boolean isThis) {

  /// How a node is.
  public enum State {
    /// It takes events in and works deliveries off.
    ACTIVE,
    /// It is about to stop: it takes nothing new, or soon will not, and brings to an end what it
    /// has.
    DRAINING,
    /// It said goodbye.
    LEFT,
    /// It said nothing for 15 s, nor goodbye: it was killed, froze, or cannot reach the storage.
    SILENT;

    /// The name in the API, in lower case.
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Whether it is there: neither silent nor gone.
  public boolean isLive() {
    return state == State.ACTIVE || state == State.DRAINING;
  }
}
