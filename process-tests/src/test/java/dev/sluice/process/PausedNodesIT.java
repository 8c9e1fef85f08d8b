package dev.sluice.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.Eventually;
import dev.sluice.contract.servers.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two nodes on one PostgreSQL: a pause applies to both, and outlives a restart.
final class PausedNodesIT {

  private static final Duration SOON = Duration.ofSeconds(2);
  private static final int EVENTS = 300;
  private static final String REASON = "{\"reason\":\"receiver is down\"}";

  @TempDir private Path folder;
  private PostgresServer database;
  private final List<Program> programs = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    database = PostgresServer.start(folder);
  }

  @AfterEach
  void stop() throws IOException {
    stopNodes();
    database.close();
  }

  private void stopNodes() {
    programs.forEach(Program::close);
    programs.clear();
  }

  private Program serve() throws IOException {
    Program program =
        Program.serve(folder, Map.of("STORAGE", "postgres", "DATABASE_URL", database.url()));
    programs.add(program);
    return program;
  }

  private static void awaitPaused(Client client, String path, boolean isPaused) {
    long begin = System.nanoTime();
    int size = isPaused ? 4 : 0;
    Eventually.holds(
        path + " is " + (isPaused ? "paused" : "resumed"), () -> pauseOf(client, path) == size);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
  }

  /// Returns the number of members of `paused` in the response.
  private static int pauseOf(Client client, String path) {
    try {
      return client.json(path).path("paused").size();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static String events(String prefix) {
    return IntStream.range(0, EVENTS)
        .mapToObj(number -> "{\"event_id\":\"" + prefix + number + "\",\"payload\":1}")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static void awaitCompleted(Client client, int count) {
    Eventually.holds(
        count + " are completed", () -> client.number("/stats", "/events/completed") == count);
  }

  /// Counts are updated once a second.
  private static void awaitReceived(Client client) {
    Eventually.holds("all wait", () -> client.number("/stats", "/events/received") == 2 * EVENTS);
  }

  private static void assertNothingBegins(Client one, Client other, String prefix)
      throws Exception {
    assertThat(one.post(events(prefix + "-a-")).statusCode()).isEqualTo(202);
    assertThat(other.post(events(prefix + "-b-")).statusCode()).isEqualTo(202);
    String id = prefix + "-b-" + (EVENTS - 1);
    assertThat(one.json("/events/" + id + "/explain").at("/deliveries/0/reason").asText())
        .isEqualTo("paused");
    awaitReceived(one);
    assertThat(one.number("/stats", "/events/completed")).isZero();
  }

  @Test
  void pausedSubscription_isPausedOnBothNodesAndAfterARestart() throws Exception {
    try (var one = new Client(serve());
        var other = new Client(serve())) {
      assertThat(one.post("/subscriptions/default/pause", REASON).statusCode()).isEqualTo(200);
      awaitPaused(other, "/subscriptions/default", true);
      assertNothingBegins(one, other, "e");
    }
    stopNodes();

    try (var one = new Client(serve());
        var other = new Client(serve())) {
      assertThat(pauseOf(one, "/subscriptions/default")).isPositive();
      awaitReceived(one);

      other.post("/subscriptions/default/resume", "");

      awaitPaused(one, "/subscriptions/default", false);
      awaitCompleted(one, 2 * EVENTS);
      assertThat(one.json("/events/e-a-0").at("/deliveries/0/attempts")).hasSize(1);
    }
  }

  @Test
  void pausedProcessing_isPausedOnBothNodes() throws Exception {
    try (var one = new Client(serve());
        var other = new Client(serve())) {
      assertThat(one.post("/processing/pause", REASON).statusCode()).isEqualTo(200);
      awaitPaused(other, "/processing", true);
      assertNothingBegins(one, other, "p");
      assertThat(other.get("/ready").statusCode()).isEqualTo(200);

      assertThat(one.post("/processing/resume", "").statusCode()).isEqualTo(200);

      awaitPaused(other, "/processing", false);
      awaitCompleted(other, 2 * EVENTS);
    }
  }
}
