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

/// What all nodes said of themselves, as it was read some two seconds ago; this node as it is now.
final class ClusterView {

  private static final Duration INTERVAL = Duration.ofSeconds(2);
  private static final Duration SILENCE = Duration.ofSeconds(15);

  private final NodeRegistry registry;
  private final Supplier<NodeReport> self;
  private final TimeSource clock;
  private final NextRun nextRead;

  /// Written by the thread that reads.
  private volatile Reading latest;

  /// @param self what this node has to say of itself now
  ClusterView(NodeRegistry registry, Supplier<NodeReport> self, TimeSource clock) {
    this.registry = registry;
    this.self = self;
    this.clock = clock;
    this.nextRead = new NextRun(clock);
    this.latest = new Reading(List.of(), clock.instant());
  }

  private record Reading(List<SeenNode> nodes, Instant at) {}

  /// Asks the registry when it is time to. Called by one thread at a time.
  void readWhenDue() {
    if (!nextRead.isDue()) {
      return;
    }
    nextRead.in(INTERVAL);
    latest = new Reading(registry.nodes(), clock.instant());
  }

  /// When the registry was last asked.
  Instant asOf() {
    return latest.at();
  }

  /// All nodes that were heard of within a day, in the order of their names. Whether one is silent
  /// goes by the time at which the registry was asked: it is no fault of the others when this node
  /// could not ask for a while.
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
