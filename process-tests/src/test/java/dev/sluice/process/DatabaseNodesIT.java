package dev.sluice.process;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.contract.Eventually;
import dev.sluice.contract.servers.PostgresServer;
import dev.sluice.process.History.Fate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Failures of two nodes and the PostgreSQL that they share. `scripts/chaos.sh` runs it longer.
@Tag("sigterm")
@Timeout(3_600)
final class DatabaseNodesIT {

  private static final int ROUNDS = Integer.getInteger("chaos.rounds", 2);
  private static final Duration LAST_OUTAGE =
      Duration.ofSeconds(Integer.getInteger("chaos.outage", 0));
  private static final int PRODUCERS = 32;
  private static final int EVENTS = 50_000;
  private static final int PER_REQUEST = 500;
  private static final Duration LEASE = Duration.ofSeconds(3);

  /// For tests in which no node must be taken for dead, even on a slow machine.
  private static final String PATIENT = "LEASE_MS=30000";

  /// How much longer than the lease a takeover may take.
  private static final Duration SWEEP = Duration.ofSeconds(5);

  @TempDir private Path folder;
  private final History history = new History();
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

  private Path journal() {
    return folder.resolve("journal.txt");
  }

  private Program serve(String... settings) throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put("STORAGE", "postgres");
    environment.put("DATABASE_URL", database.url());
    environment.put("DEMO_JOURNAL", journal().toString());
    environment.put("LEASE_MS", String.valueOf(LEASE.toMillis()));
    environment.put("RETRY_BASE_MS", "0");
    for (String setting : settings) {
      String[] parts = setting.split("=", 2);
      environment.put(parts[0], parts[1]);
    }
    int port = Integer.parseInt(environment.getOrDefault("PORT", "0"));
    Program program = Program.serveOn(port, folder, environment);
    programs.add(program);
    return program;
  }

  @Test
  void healthyNodes_executeEveryEventOnce() throws Exception {
    Program one = serve(PATIENT);
    Program other = serve(PATIENT);
    try (var first = new Client(one);
        var second = new Client(other)) {
      for (int event = 0; event < EVENTS; event += PER_REQUEST) {
        post(event / PER_REQUEST % 2 == 0 ? first : second, "e-", event);
      }
      awaitNothingLeft(first);

      Verdict verdict = judge(first, "two nodes");
      assertThat(verdict.events()).isEqualTo(EVENTS);
      assertThat(verdict.attempts()).isEqualTo(EVENTS);
      assertThat(attempts(first)).isPositive();
      assertThat(attempts(second)).isPositive();
      assertThat(attempts(first) + attempts(second)).isEqualTo(EVENTS);
      Eventually.holds(
          "each counts both nodes", () -> completed(first) + completed(second) == 2L * EVENTS);
      assertThat(first.number("/stats", "/nodes")).isEqualTo(2);
    }
  }

  @Test
  void killedNode_isReplacedWithinLeaseAndSweep() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Program one = serve("PROCESSING_DELAY_MS=400");
      Program other = serve("PROCESSING_DELAY_MS=20");
      try (var victim = new Client(one);
          var survivor = new Client(other)) {
        var producers = new Producers(other.address(), history, "kill-" + round).start(PRODUCERS);
        awaitAcknowledged(history.count(Fate.ACKNOWLEDGED) + 1_000);
        Eventually.holds("the one is at work", () -> inFlight(victim) > 0);
        one.close();
        long killedAt = System.nanoTime();
        producers.finish();
        awaitNothingLeft(survivor);

        Duration toEnd = Duration.ofNanos(System.nanoTime() - killedAt);
        assertThat(toEnd).isLessThan(LEASE.plus(SWEEP));
        judge(survivor, "a node killed, all done after %d ms".formatted(toEnd.toMillis()));
        assertThat(other.hasLogged("expired")).isTrue();
      }
      stopNodes();
    }
  }

  @Test
  void terminatedNode_handsItsWorkOver() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Program one = serve(PATIENT, "PROCESSING_DELAY_MS=50", "SHUTDOWN_GRACE_MS=200");
      Program other = serve(PATIENT, "PROCESSING_DELAY_MS=50");
      try (var survivor = new Client(other)) {
        var producers =
            List.of(
                new Producers(one.address(), history, "gone-" + round).start(PRODUCERS / 2),
                new Producers(other.address(), history, "stays-" + round).start(PRODUCERS / 2));
        awaitAcknowledged(history.count(Fate.ACKNOWLEDGED) + 1_000);
        one.terminate();
        assertThat(one.exitCode()).isEqualTo(143);
        producers.forEach(Producers::relax);
        Program again = serve(PATIENT, "PORT=" + one.address().getPort());
        for (Producers some : producers) {
          some.finish();
        }
        awaitNothingLeft(survivor);

        judge(survivor, "a node terminated, round " + round);
        assertThat(again.hasLogged("expired") || other.hasLogged("expired"))
            .as("work that was not handed over")
            .isFalse();
      }
      stopNodes();
    }
  }

  @Test
  void frozenNode_cannotSettleWhatOthersTookOver() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Program one = serve("PROCESSING_DELAY_MS=700");
      try (var frozen = new Client(one)) {
        post(frozen, "frozen-" + round + "-", 0);
        Eventually.holds("it is at work", () -> inFlight(frozen) > 0);
        one.freeze();
        Program other = serve();
        try (var healthy = new Client(other)) {
          awaitNothingLeft(healthy);
          one.thaw();
          Eventually.holds("it notices", () -> hasLostLeases(one));
          Eventually.holds("it has nothing left", () -> inFlight(frozen) == 0);
          judge(
              healthy,
              "a node frozen, %d late outcomes refused, %d attempts given up"
                  .formatted(count(one, "late outcome refused"), count(one, "lease lost")));
        }
      }
      stopNodes();
    }
  }

  @Test
  void databaseThatFails_losesNothingAndServiceResumes() throws Exception {
    Program one = serve("WORKERS=32");
    Program other = serve("WORKERS=32");
    try (var client = new Client(one)) {
      var producers =
          List.of(
              new Producers(one.address(), history, "one").start(PRODUCERS / 2),
              new Producers(other.address(), history, "other").start(PRODUCERS / 2));
      Duration slowest = Duration.ZERO;
      for (int round = 0; round < ROUNDS; round++) {
        producers.forEach(Producers::hurry);
        awaitAcknowledged(history.count(Fate.ACKNOWLEDGED) + 1_000);
        database.stopImmediately();
        producers.forEach(Producers::relax);
        Eventually.holds("it is not ready", () -> !isReady(client));
        // The length of the outage; there is no condition to wait for.
        LockSupport.parkNanos(round == ROUNDS - 1 ? LAST_OUTAGE.toNanos() : 0);
        database.startAgain();
        long upAt = System.nanoTime();
        Eventually.holds("it is ready again", () -> isReady(client));
        Duration toReady = Duration.ofNanos(System.nanoTime() - upAt);
        assertThat(toReady).isLessThan(Duration.ofSeconds(5));
        slowest = toReady.compareTo(slowest) > 0 ? toReady : slowest;
      }
      awaitAcknowledged(history.count(Fate.ACKNOWLEDGED) + PRODUCERS);
      for (Producers some : producers) {
        some.finish();
      }
      awaitNothingLeft(client);
      judge(
          client,
          "the database stopped %d times, ready again after %d ms at most"
              .formatted(ROUNDS, slowest.toMillis()));
      assertThat(history.count(Fate.UNKNOWN)).isZero();
    }
  }

  @Test
  void sameIdFromManyClients_isStoredOnce() throws Exception {
    SameId.assertStoredOnce(serve(), serve());
  }

  private void post(Client client, String prefix, int from) throws Exception {
    List<String> ids =
        IntStream.range(from, from + PER_REQUEST).mapToObj(number -> prefix + number).toList();
    ids.forEach(history::sending);
    HttpResponse<String> answer =
        client.post(
            ids.stream()
                .map(id -> "{\"event_id\":\"" + id + "\",\"payload\":1}")
                .collect(joining(",", "[", "]")));
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(Client.read(answer).path("accepted").asInt()).isEqualTo(PER_REQUEST);
    ids.forEach(id -> history.answered(id, 202));
  }

  private void awaitAcknowledged(long number) {
    Eventually.holds(
        number + " events are acknowledged", () -> history.count(Fate.ACKNOWLEDGED) >= number);
  }

  private static void awaitNothingLeft(Client client) {
    Instant asked = Instant.now();
    Eventually.holds("all is processed", () -> client.hasNothingLeft(asked));
  }

  private static long inFlight(Client client) {
    try {
      for (JsonNode node : client.json("/nodes").path("nodes")) {
        if (node.path("this").asBoolean()) {
          return node.path("in_flight").asLong();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    throw new AssertionError("the node does not know itself");
  }

  /// Returns the number of attempts that succeeded on this node.
  private static long attempts(Client client) throws IOException, InterruptedException {
    return client
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("sluice_attempts_total{") && line.contains("succeeded"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static long completed(Client client) {
    return client.number("/stats", "/totals/completed");
  }

  private static long count(Program program, String text) {
    return program.err().stream().filter(line -> line.contains(text)).count();
  }

  /// Whether a running attempt was cancelled, or the outcome of a finished one was refused.
  private static boolean hasLostLeases(Program program) {
    return program.hasLogged("lease lost") || program.hasLogged("late outcome refused");
  }

  private static boolean isReady(Client client) {
    try {
      return client.get("/ready").statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private Verdict judge(Client client, String what) throws Exception {
    Verdict verdict = Verdict.of(history, journal(), client);
    System.out.println(
        what + ": " + history.count(Fate.ACKNOWLEDGED) + " acknowledged; " + verdict);
    assertThat(verdict).satisfies(all -> assertThat(all.isClean()).as("%s", all).isTrue());
    return verdict;
  }
}
