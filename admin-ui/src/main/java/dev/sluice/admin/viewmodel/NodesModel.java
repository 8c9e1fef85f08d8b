package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.Nodes;
import java.time.Duration;

/// Who works on the events.
public final class NodesModel {

  private final Session session;
  private final PolledGroup polledValues;
  private final Polled<Nodes> nodes;

  NodesModel(Session session) {
    this.session = session;
    this.nodes = session.polled(Duration.ofSeconds(2), session.client()::nodes);
    this.polledValues = new PolledGroup(nodes);
  }

  /// The nodes.
  public Polled<Nodes> nodes() {
    return nodes;
  }

  /// What the service says of a node, for a report.
  public String diagnostics(Nodes.Node node) {
    return String.join(
        "\n",
        "service: " + session.client().target(),
        "node: " + node.id(),
        "state: " + node.state(),
        "version: " + node.version(),
        "started at: " + node.startedAt(),
        "last seen: " + node.lastSeen(),
        "in work: " + node.inFlight() + " of " + node.slots(),
        "storage: " + node.storage() + ", " + node.durability(),
        "seen at: " + session.now());
  }

  /// All of it together.
  ScreenLifecycle polledValues() {
    return polledValues;
  }
}
