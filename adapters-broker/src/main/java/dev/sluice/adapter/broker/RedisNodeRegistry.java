package dev.sluice.adapter.broker;

import dev.sluice.adapter.broker.codec.Micros;
import dev.sluice.adapter.broker.codec.NodeReportCodec;
import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.adapter.broker.connection.Script;
import dev.sluice.domain.node.NodeReport;
import dev.sluice.domain.node.SeenNode;
import dev.sluice.domain.port.NodeRegistry;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The registry of the nodes that share a Redis.
final class RedisNodeRegistry implements NodeRegistry {

  private static final Script REPORT = Script.timed("node-report").evenAtLimit();
  private static final Script NODES = Script.timed("nodes");

  private static final Comparator<SeenNode> BY_NAME =
      Comparator.comparing(node -> node.report().id().value());

  private final Redis redis;
  private final BrokerClock clock;

  RedisNodeRegistry(Redis redis, BrokerClock clock) {
    this.redis = redis;
    this.clock = clock;
  }

  @Override
  public void report(NodeReport report) {
    redis.run(
        REPORT,
        List.of(
            clock.argument(),
            Micros.text(MEMORY),
            report.id().value(),
            NodeReportCodec.encode(report)));
  }

  @Override
  public List<SeenNode> nodes() {
    List<String> texts = redis.texts(NODES, List.of(clock.argument(), Micros.text(MEMORY)));
    var nodes = new ArrayList<SeenNode>();
    for (int index = 0; index < texts.size(); index += 2) {
      nodes.add(node(Long.parseLong(texts.get(index)), texts.get(index + 1)));
    }
    nodes.sort(BY_NAME);
    return List.copyOf(nodes);
  }

  /// Redis returns how long ago a node reported, because callers use this node's time.
  private SeenNode node(long silentFor, String report) {
    return new SeenNode(
        NodeReportCodec.decode(report), clock.local().minus(silentFor, ChronoUnit.MICROS));
  }
}
