package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.Nodes;
import java.time.Duration;

/// Model of the nodes screen.
public final class NodesModel {

  private final Session session;
  private final PolledGroup polledValues;
  private final Polled<Nodes> nodes;

  NodesModel(Session session) {
    this.session = session;
    this.nodes = session.polled(Duration.ofSeconds(2), session.client()::nodes);
    this.polledValues = new PolledGroup(nodes);
  }

  public Polled<Nodes> nodes() {
    return nodes;
  }

  /// Returns what is known about a node, for a bug report.
  public String diagnostics(Nodes.Node node) {
    return String.join(
        "\n",
        "service: " + session.client().target(),
        "node: " + node.id(),
        "state: " + node.state(),
        "version: " + node.version(),
        "started at: " + node.startedAt(),
        "last seen: " + node.lastSeen(),
        "in progress: " + node.inFlight() + " of " + node.slots(),
        "storage: " + node.storage() + ", " + node.durability(),
        "seen at: " + session.now());
  }

  /// Returns all polled values of the screen.
  ScreenLifecycle polledValues() {
    return polledValues;
  }
}
