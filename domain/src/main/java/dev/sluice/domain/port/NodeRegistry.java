package dev.sluice.domain.port;

import dev.sluice.domain.node.NodeReport;
import dev.sluice.domain.node.SeenNode;
import java.time.Duration;
import java.util.List;

/// Stores the last report of each node that shares a storage. May throw
/// [StoreUnavailableException].
public interface NodeRegistry {

  /// Nodes that have not reported for this time are forgotten.
  Duration MEMORY = Duration.ofDays(1);

  /// Stores a report; the first report of a node registers it.
  void report(NodeReport report);

  /// Returns all nodes that reported within [#MEMORY], in the order of their names.
  List<SeenNode> nodes();
}
