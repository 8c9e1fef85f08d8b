package dev.sluice.domain.port;

import dev.sluice.domain.node.NodeReport;
import dev.sluice.domain.node.SeenNode;
import java.time.Duration;
import java.util.List;

/// Knows the processes that share a storage. May throw [StoreUnavailableException].
public interface NodeRegistry {

  /// Nodes that have not reported for so long are forgotten.
  Duration MEMORY = Duration.ofDays(1);

  /// Takes down how a node is; its first report makes it known.
  void report(NodeReport report);

  /// All nodes that reported within [#MEMORY], in the order of their names.
  List<SeenNode> nodes();
}
