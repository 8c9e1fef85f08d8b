package dev.sluice.adapter.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.contract.NodeRegistryContract;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.servers.BrokerServers;
import dev.sluice.contract.servers.BrokerUrls;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.node.NodeReport;
import dev.sluice.domain.node.SeenNode;
import dev.sluice.domain.port.NodeRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("broker")
@ExtendWith(BrokerServers.class)
final class RedisNodeRegistryTest implements NodeRegistryContract {

  private final Redis redis;

  RedisNodeRegistryTest(BrokerUrls urls) {
    redis = TestRedis.empty(urls);
  }

  @AfterEach
  void close() {
    redis.close();
  }

  @Override
  public NodeRegistry newRegistry(SettableClock clock) {
    return new RedisNodeRegistry(redis, BrokerClock.of(clock));
  }

  /// The clock of this node stands still, far from that of Redis.
  @Test
  void timeOfRedis_isTranslatedToThatOfThisNode() {
    var clock = new SettableClock();
    NodeRegistry registry = new RedisNodeRegistry(redis, BrokerClock.ofRedis(clock));

    registry.report(report("a\tb\n"));

    SeenNode seen = registry.nodes().getFirst();
    assertThat(seen.report()).isEqualTo(report("a\tb\n"));
    assertThat(seen.lastSeen())
        .isBetween(clock.instant().minus(Duration.ofMinutes(1)), clock.instant());
  }

  @Test
  void forgottenNode_leavesNothingBehind() {
    var clock = new SettableClock();
    NodeRegistry registry = newRegistry(clock);
    registry.report(report("silent"));
    clock.advance(NodeRegistry.MEMORY);

    registry.report(report("other"));

    Set<String> told = redis.ask(client -> client.hkeys("sluice:nodes"));
    List<String> seen = redis.ask(client -> client.zrange("sluice:nodes:seen", 0, -1));
    assertThat(told).containsExactly("other");
    assertThat(seen).containsExactly("other");
  }

  private static NodeReport report(String id) {
    return new NodeReport(
        new WorkerId(id),
        "1",
        SettableClock.START,
        NodeReport.Phase.ACTIVE,
        0,
        1,
        Optional.empty());
  }
}
