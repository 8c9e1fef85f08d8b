package dev.sluice.application.operate;

import dev.sluice.application.operate.NodeView.State;
import dev.sluice.application.schedule.NextRun;
import dev.sluice.domain.node.NodeReport;
import dev.sluice.domain.node.SeenNode;
import dev.sluice.domain.port.NodeRegistry;
import dev.sluice.domain.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;

/// The latest reports of all nodes, read about two seconds ago; that of this node is current.
final class ClusterView {

  private static final Duration INTERVAL = Duration.ofSeconds(2);
  private static final Duration SILENCE = Duration.ofSeconds(15);

  private final NodeRegistry registry;
  private final Supplier<NodeReport> self;
  private final TimeSource clock;
  private final NextRun nextRead;

  /// Written by the thread that reads.
  private volatile Reading latest;

  /// @param self makes this node's current report
  ClusterView(NodeRegistry registry, Supplier<NodeReport> self, TimeSource clock) {
    this.registry = registry;
    this.self = self;
    this.clock = clock;
    this.nextRead = new NextRun(clock);
    this.latest = new Reading(List.of(), clock.instant());
  }

  private record Reading(List<SeenNode> nodes, Instant at) {}

  /// Reads the registry when due. Called by one thread at a time.
  void readWhenDue() {
    if (!nextRead.isDue()) {
      return;
    }
    nextRead.in(INTERVAL);
    latest = new Reading(registry.nodes(), clock.instant());
  }

  /// When the registry was last read.
  Instant asOf() {
    return latest.at();
  }

  /// All nodes that reported within a day, sorted by name. Whether a node is silent is judged by
  /// the time of the last read: when this node could not read for a while, the others are not to
  /// blame.
  List<NodeView> nodes() {
    Reading reading = latest;
    var byName = new TreeMap<String, NodeView>();
    for (SeenNode node : reading.nodes()) {
      byName.put(node.report().id().value(), view(node, reading.at()));
    }
    NodeReport own = self.get();
    byName.put(own.id().value(), new NodeView(own, clock.instant(), stateOf(own.phase()), true));
    return List.copyOf(byName.values());
  }

  private static NodeView view(SeenNode node, Instant readAt) {
    State state = stateOf(node.report().phase());
    boolean isSilent = state != State.LEFT && node.lastSeen().isBefore(readAt.minus(SILENCE));
    return new NodeView(node.report(), node.lastSeen(), isSilent ? State.SILENT : state, false);
  }

  private static State stateOf(NodeReport.Phase phase) {
    return switch (phase) {
      case ACTIVE -> State.ACTIVE;
      case DRAINING -> State.DRAINING;
      case LEFT -> State.LEFT;
    };
  }
}
