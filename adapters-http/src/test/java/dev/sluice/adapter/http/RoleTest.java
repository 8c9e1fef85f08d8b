package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.NodeRole;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Which requests a node accepts, depending on its role.
final class RoleTest {

  @Test
  void workerNode_refusesEventsAndIsReady() throws Exception {
    try (var worker = TestServer.start(Setup.USUAL.withRole(NodeRole.WORKER))) {
      Answer refused = worker.post("{\"payload\":1}").isProblem(503, "worker_node");
      assertThat(refused.header("Retry-After")).isEqualTo("1");
      worker.post("[{\"payload\":1}]").isProblem(503, "worker_node");
      worker.get("/ready").hasStatus(200);
      assertThat(worker.get("/stats").json().at("/worker_slots").intValue()).isEqualTo(16);
    }
  }

  @Test
  @Tag("slow")
  void apiNode_storesEventsAndWorksNothingOff() throws Exception {
    try (var api = TestServer.start(Setup.USUAL.withRole(NodeRole.API))) {
      api.post("{\"event_id\":\"e-1\",\"payload\":1}").hasStatus(202);
      api.get("/ready").hasStatus(200);
      assertThat(api.get("/stats").json().at("/worker_slots").intValue()).isZero();

      assertThat(api.get("/events/e-1").json().at("/status").textValue()).isEqualTo("received");
    }
  }
}
