package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.Nodes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Who works on the events.
public final class NodesModel implements Shown {

  private final Session session;
  private final Part<Nodes> nodes;

  NodesModel(Session session) {
    this.session = session;
    this.nodes = session.part(Duration.ofSeconds(2), session.client()::nodes);
  }

  /// The nodes.
  public Part<Nodes> nodes() {
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

  @Override
  public void show() {
    nodes.show();
  }

  @Override
  public void hide() {
    nodes.hide();
  }

  @Override
  public void refresh() {
    nodes.refresh();
  }

  @Override
  public Optional<Instant> asOf() {
    return nodes.asOf().get();
  }

  @Override
  public void close() {
    nodes.close();
  }
}
