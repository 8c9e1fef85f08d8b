package dev.sluice.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.contract.Eventually;
import dev.sluice.contract.servers.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The service is killed while deliveries are scheduled: what was due meanwhile begins after the
/// start, and nothing begins early.
@Timeout(300)
final class ScheduledIT {

  @TempDir private Path folder;

  @Test
  void schedule_survivesAKill_sqlite() throws Exception {
    survivesAKill(Map.of("STORAGE", "sqlite"));
  }

  @Test
  void schedule_survivesAKill_postgres() throws Exception {
    try (var database = PostgresServer.start(folder)) {
      survivesAKill(Map.of("STORAGE", "postgres", "DATABASE_URL", database.url()));
    }
  }

  private void survivesAKill(Map<String, String> environment) throws Exception {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Instant soon = now.plusSeconds(5);
    Instant later = now.plus(Duration.ofHours(1));
    try (var program = Program.serve(folder, environment);
        var client = new Client(program)) {
      assertThat(client.post(event("soon", soon)).statusCode()).isEqualTo(202);
      assertThat(client.post(event("later", later)).statusCode()).isEqualTo(202);
      assertThat(client.json("/events/soon").at("/deliveries/0/attempts")).isEmpty();
    }
    Eventually.holds("the time of one has passed", () -> Instant.now().isAfter(soon));
    try (var program = Program.serve(folder, environment);
        var client = new Client(program)) {
      Eventually.holds(
          "the missed one is completed", () -> client.number("/stats", "/events/completed") == 1);

      JsonNode attempts = client.json("/events/soon").at("/deliveries/0/attempts");
      assertThat(attempts).hasSize(1);
      assertThat(Instant.parse(attempts.at("/0/started_at").asText())).isAfterOrEqualTo(soon);
      JsonNode scheduled = client.json("/events/later").at("/deliveries/0");
      assertThat(scheduled.path("attempts")).isEmpty();
      assertThat(Instant.parse(scheduled.path("next_attempt_at").asText())).isEqualTo(later);
    }
  }

  private static String event(String id, Instant time) {
    return "{\"event_id\":\"%s\",\"deliver_at\":\"%s\",\"payload\":1}".formatted(id, time);
  }
}
