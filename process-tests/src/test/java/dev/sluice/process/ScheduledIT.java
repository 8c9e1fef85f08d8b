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

  private static final Duration HOUR = Duration.ofHours(1);

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

  /// Schedules two events on a node that is killed then.
  ///
  /// @return when the first one is due; the second one is, an hour later
  private Instant schedule(Map<String, String> environment) throws Exception {
    try (var program = Program.serve(folder, environment);
        var client = new Client(program)) {
      Instant soon = Instant.now().truncatedTo(ChronoUnit.MILLIS).plusSeconds(10);
      assertThat(client.post(event("soon", soon)).statusCode()).isEqualTo(202);
      assertThat(client.post(event("later", soon.plus(HOUR))).statusCode()).isEqualTo(202);
      assertThat(client.json("/events/soon").at("/deliveries/0/attempts")).isEmpty();
      return soon;
    }
  }

  private void survivesAKill(Map<String, String> environment) throws Exception {
    Instant soon = schedule(environment);
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
      assertThat(Instant.parse(scheduled.path("next_attempt_at").asText()))
          .isEqualTo(soon.plus(HOUR));
    }
  }

  private static String event(String id, Instant time) {
    return "{\"event_id\":\"%s\",\"deliver_at\":\"%s\",\"payload\":1}".formatted(id, time);
  }
}
