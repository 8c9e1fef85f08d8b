package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Uses a server of its own, because draining cannot be undone.
final class DrainingNodeTest {

  @Test
  void drainingNode_saysSoAmongTheNodes() {
    try (var server = TestServer.start()) {
      server.application().refuseNewEvents();

      assertThat(server.get("/nodes").json().at("/nodes/0/state").asText()).isEqualTo("draining");
    }
  }

  @Test
  void nodeInItsDrainDelay_saysSoAmongTheNodesAndTakesEvents() {
    try (var server = TestServer.start()) {
      server.application().announceStop();

      assertThat(server.get("/nodes").json().at("/nodes/0/state").asText()).isEqualTo("draining");
      server.post("{\"payload\":1}").hasStatus(202);
    }
  }
}
