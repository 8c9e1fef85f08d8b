package dev.sluice.process;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.contract.Eventually;
import dev.sluice.contract.servers.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The service is killed during a bulk job: the job continues where it was, and no event is
/// replayed twice. `scripts/chaos.sh` runs it with 40,000 events.
@Timeout(3_600)
final class BulkCrashIT {

  private static final int EVENTS = Integer.getInteger("chaos.bulk", 12_000);
  private static final int PER_REQUEST = 4_000;

  /// Each replay makes one attempt, which fails permanently, so attempts count the replays.
  private static final Map<String, String> ONE_ATTEMPT = Map.of("MAX_RETRIES", "0");

  @TempDir private Path folder;

  @Test
  void killedInTheMiddle_nothingIsDoneTwice_sqlite() throws Exception {
    goesOnAfterAKill(Map.of("STORAGE", "sqlite"));
  }

  @Test
  void killedInTheMiddle_nothingIsDoneTwice_postgres() throws Exception {
    try (var database = PostgresServer.start(folder)) {
      goesOnAfterAKill(
          Map.of("STORAGE", "postgres", "DATABASE_URL", database.url(), "LEASE_MS", "2000"));
    }
  }

  private void goesOnAfterAKill(Map<String, String> storage) throws Exception {
    Map<String, String> environment = new HashMap<>(ONE_ATTEMPT);
    environment.putAll(storage);
    String job;
    long doneBefore;
    try (var program = Program.serve(folder, environment);
        var client = new Client(program)) {
      fill(client);
      job = start(client);
      awaitDone(client, job, EVENTS / 4);
      doneBefore = client.number("/bulk/" + job, "/done");
      assertThat(doneBefore).isLessThan(EVENTS);
    }
    try (var program = Program.serve(folder, environment);
        var client = new Client(program)) {
      assertThat(client.number("/bulk/" + job, "/done")).isBetween(doneBefore, EVENTS - 1L);
      Eventually.holds("the job is over", () -> client.number("/bulk/" + job, "/remaining") == 0);
      Instant end = Instant.now();
      JsonNode over = client.json("/bulk/" + job);
      assertThat(over.path("state").asText()).isEqualTo("finished");
      assertThat(over.path("done").asInt()).isEqualTo(EVENTS);
      assertThat(over.path("skipped").asInt()).isZero();
      Eventually.holds("all attempts are over", () -> client.hasNothingLeft(end));
      assertThat(client.number("/stats", "/events/failed")).isEqualTo(EVENTS);
      assertEachWasReplayedOnce(client);
    }
  }

  /// Each has two attempts, or three if the second was in progress at the kill.
  private static void assertEachWasReplayedOnce(Client client) throws Exception {
    List<JsonNode> interrupted = client.all("/events?attempts=3&limit=500&payload=false");
    for (JsonNode event : interrupted) {
      JsonNode detail = client.json("/events/" + event.path("event_id").asText());
      assertThat(detail.at("/deliveries/0/attempts/1/outcome").asText()).isEqualTo("abandoned");
    }
    assertThat(countWithAttempts(client, "4..")).isZero();
    assertThat(countWithAttempts(client, "2")).isEqualTo(EVENTS - interrupted.size());
  }

  private static void fill(Client client) throws Exception {
    for (int sent = 0; sent < EVENTS; sent += PER_REQUEST) {
      assertThat(client.post(events(sent)).statusCode()).isEqualTo(202);
    }
    Eventually.holds("all are dead", () -> client.number("/stats", "/events/failed") == EVENTS);
  }

  private static String events(int first) {
    return IntStream.range(first, first + PER_REQUEST)
        .mapToObj(number -> "{\"event_id\":\"e-" + number + "\",\"payload\":{\"fail\":true}}")
        .collect(joining(",", "[", "]"));
  }

  private static String start(Client client) throws IOException, InterruptedException {
    String plan = "{\"action\":\"replay\",\"filter\":{\"status\":\"failed\"}}";
    String token = Client.read(client.post("/bulk/plan", plan)).path("token").asText();
    String start = "{\"token\":\"" + token + "\",\"rate_per_second\":" + EVENTS / 6.0 + "}";
    return Client.read(client.post("/bulk", start)).path("id").asText();
  }

  private static void awaitDone(Client client, String job, long least) {
    Eventually.holds(least + " are done", () -> client.number("/bulk/" + job, "/done") >= least);
  }

  private static long countWithAttempts(Client client, String attempts)
      throws IOException, InterruptedException {
    String plan = "{\"action\":\"discard\",\"filter\":{\"attempts\":\"" + attempts + "\"}}";
    return Client.read(client.post("/bulk/plan", plan)).path("count").asLong();
  }
}
