package dev.sluice.process;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.Eventually;
import dev.sluice.contract.servers.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A node that was killed with a large backlog is soon ready again, with a small heap.
/// `scripts/chaos.sh` runs it with a million events.
@Tag("alone")
@Timeout(3_600)
final class BacklogIT {

  private static final int PENDING = Integer.getInteger("chaos.pending", 50_000);
  private static final int PER_REQUEST = 5_000;
  private static final Duration LONGEST_START = Duration.ofSeconds(5);

  /// The backlog stays: the only worker slot is busy for the whole test.
  private static final Map<String, String> STUCK =
      Map.of(
          "WORKERS",
          "1",
          "PROCESSING_DELAY_MS",
          "3600000",
          "PROCESSING_TIMEOUT_MS",
          "86400000",
          "MAX_BACKLOG",
          "2000000");

  @TempDir private Path folder;

  @Test
  void killedWithALargeBacklog_isSoonReadyAgain_sqlite() throws Exception {
    startsSoonWith(Map.of("STORAGE", "sqlite"));
  }

  @Test
  void killedWithALargeBacklog_isSoonReadyAgain_postgres() throws Exception {
    try (var database = PostgresServer.start(folder)) {
      startsSoonWith(Map.of("STORAGE", "postgres", "DATABASE_URL", database.url()));
    }
  }

  private void startsSoonWith(Map<String, String> storage) throws Exception {
    Map<String, String> environment = new HashMap<>(STUCK);
    environment.putAll(storage);
    try (var program = Program.serve(folder, environment);
        var client = new Client(program)) {
      for (int sent = 0; sent < PENDING; sent += PER_REQUEST) {
        assertThat(client.post(events()).statusCode()).isEqualTo(202);
      }
    }
    long begin = System.nanoTime();
    try (var program = Program.serveWithoutCache(folder, environment);
        var client = new Client(program)) {
      assertThat(client.get("/ready").statusCode()).isEqualTo(200);
      Duration toReady = Duration.ofNanos(System.nanoTime() - begin);
      System.out.printf(
          "%s with %d pending: ready after %d ms, %s%n",
          storage.get("STORAGE"), PENDING, toReady.toMillis(), program.memory());

      assertThat(toReady).isLessThan(LONGEST_START);
      Eventually.holds(
          "all is counted", () -> client.number("/stats", "/backlog/total") == PENDING);
    }
  }

  private static String events() {
    return IntStream.range(0, PER_REQUEST)
        .mapToObj(_ -> "{\"payload\":{\"pad\":\"" + "x".repeat(100) + "\"}}")
        .collect(joining(",", "[", "]"));
  }
}
