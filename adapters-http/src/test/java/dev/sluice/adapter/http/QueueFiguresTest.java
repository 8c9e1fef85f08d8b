package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.domain.figures.QueueReport;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `GET /stats` reports the broker's queues if there is a broker.
final class QueueFiguresTest {

  @Test
  void queues_areToldWhereThereIsABroker() {
    var report =
        new QueueReport(
            List.of(new QueueReport.Queue("events.ingest", 7, 2)),
            3,
            1L << 40,
            5,
            new QueueReport.Memory(1_000, 1L << 33),
            Duration.ofMillis(1_500));
    try (var server = TestServer.start(Setup.USUAL.withQueues(report))) {
      JsonNode broker = server.get("/stats").json().path("broker");

      assertThat(broker.at("/queues/0/name").textValue()).isEqualTo("events.ingest");
      assertThat(broker.at("/queues/0/depth").longValue()).isEqualTo(7);
      assertThat(broker.at("/queues/0/consumers").longValue()).isEqualTo(2);
      assertThat(broker.at("/age_seconds").doubleValue()).isEqualTo(1.5);
      assertThat(broker.at("/unacknowledged").longValue()).isEqualTo(3);
      assertThat(broker.at("/redelivered").longValue()).isEqualTo(1L << 40);
      assertThat(server.get("/metrics").body())
          .containsPattern("sluice_broker_queue_messages\\{[^}]*events.ingest[^}]*} 7")
          .containsPattern("sluice_broker_unacknowledged(\\{[^}]*})? 3")
          .containsPattern("sluice_broker_foreign_dead_letters_total(\\{[^}]*})? 5")
          .containsPattern("sluice_broker_redis_memory_used_bytes(\\{[^}]*})? 1000")
          .containsPattern("sluice_broker_redis_memory_limit_bytes(\\{[^}]*})? 8\\.589")
          .containsPattern("sluice_broker_figures_age_seconds(\\{[^}]*})? 1\\.5");
    }
  }

  @Test
  void withoutABroker_thereIsNothingToTell() {
    try (var server = TestServer.start()) {
      assertThat(server.get("/stats").json().has("broker")).isFalse();
    }
  }
}
