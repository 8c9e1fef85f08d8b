package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// With a server of its own, because there is no way back.
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
