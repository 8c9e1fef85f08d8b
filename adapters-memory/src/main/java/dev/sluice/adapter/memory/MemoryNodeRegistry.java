package dev.sluice.adapter.memory;

import dev.sluice.domain.node.NodeReport;
import dev.sluice.domain.node.SeenNode;
import dev.sluice.domain.port.NodeRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;

/// Stores the reports of the only node.
final class MemoryNodeRegistry implements NodeRegistry {

  private final InstantSource clock;
  private final ConcurrentSkipListMap<String, SeenNode> nodes = new ConcurrentSkipListMap<>();

  MemoryNodeRegistry(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void report(NodeReport report) {
    nodes.put(report.id().value(), new SeenNode(report, clock.instant()));
    nodes.values().removeIf(node -> !node.lastSeen().isAfter(clock.instant().minus(MEMORY)));
  }

  @Override
  public List<SeenNode> nodes() {
    return List.copyOf(nodes.values());
  }
}
