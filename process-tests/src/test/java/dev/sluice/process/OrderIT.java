package dev.sluice.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.Eventually;
import dev.sluice.contract.servers.PostgresServer;
import dev.sluice.process.History.Fate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Producers send the events of each key one after another while nodes are killed, frozen, paused
/// and reconfigured: attempts keep that order. `scripts/chaos.sh` runs it longer.
@Timeout(3_600)
final class OrderIT {

  private static final int KEYS = 32;
  private static final int ROUNDS = Integer.getInteger("chaos.rounds", 2);
  private static final long SEED = Long.getLong("chaos.seed", 20_261_201L);
  private static final Duration LEASE = Duration.ofSeconds(3);

  private static final String ORDERING = ",\"ordering\":{\"by\":\"key\"}";

  @TempDir private Path folder;
  private final History history = new History();
  private final SplittableRandom random = new SplittableRandom(SEED);
  private final List<Program> programs = new ArrayList<>();

  @AfterEach
  void stop() {
    programs.forEach(Program::close);
  }

  private Path journal() {
    return folder.resolve("journal.txt");
  }

  private Program serve(Map<String, String> settings) throws IOException {
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("DEMO_JOURNAL", journal().toString());
    environment.put("PROCESSING_DELAY_MS", "1");
    environment.put("LEASE_MS", String.valueOf(LEASE.toMillis()));
    Program program =
        Program.serveOn(
            Integer.parseInt(environment.getOrDefault("PORT", "0")), folder, environment);
    programs.add(program);
    return program;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /// Some events fail once, a few until they are dead letters.
  private String event(String id) {
    String key = id.substring(0, id.lastIndexOf('-'));
    String payload =
        switch (Math.floorMod(id.hashCode(), 40)) {
          case 0 -> "{\"fail\":true}";
          case 1, 2, 3 -> "{\"fail_times\":1}";
          default -> "{}";
        };
    return "{\"event_id\":\"%s\",\"key\":\"%s\",\"payload\":%s}".formatted(id, key, payload);
  }

  private Producers producers(Program program, String name, int count) {
    return new Producers(program.address(), history, name, this::event).start(count);
  }

  private static void put(Program program, String ordering) throws Exception {
    send(
        program,
        "PUT",
        "/subscriptions/all",
        "{\"types\":[\"*\"],\"destination\":{\"kind\":\"demo\"},"
            + "\"retry\":{\"max_retries\":2,\"base\":\"10ms\"}"
            + ordering
            + "}");
  }

  private static void send(Program program, String method, String path, String body)
      throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(program.address().resolve(path))
              .timeout(Duration.ofSeconds(30))
              .header("Content-Type", "application/json")
              .method(method, HttpRequest.BodyPublishers.ofString(body))
              .build();
      int status = client.send(request, BodyHandlers.ofString()).statusCode();
      assertThat(status).as("%s %s", method, path).isBetween(200, 299);
    }
  }

  private void awaitMore(long number) {
    long wanted = history.count(Fate.ACKNOWLEDGED) + number;
    Eventually.holds(
        wanted + " events are acknowledged", () -> history.count(Fate.ACKNOWLEDGED) >= wanted);
  }

  /// A crash happens at a random time; there is no condition to wait for.
  private void letPass(int shortestMs, int longestMs) {
    LockSupport.parkNanos(Duration.ofMillis(random.nextInt(shortestMs, longestMs)).toNanos());
  }

  /// Long runs leave a large backlog, which must become smaller all the time.
  private static void awaitEmptyBacklog(Client client) {
    Instant asked = Instant.now();
    while (!client.hasNothingLeft(asked)) {
      long before = client.number("/stats", "/backlog/total");
      Eventually.holds(
          "fewer than " + before + " are left",
          () -> client.hasNothingLeft(asked) || client.number("/stats", "/backlog/total") < before);
    }
  }

  private void judge(Program program, String what) throws Exception {
    try (var client = new Client(program)) {
      awaitEmptyBacklog(client);
    }
    OrderVerdict verdict = OrderVerdict.of(journal());
    System.out.println(
        what + ": " + history.count(Fate.ACKNOWLEDGED) + " acknowledged; " + verdict);
    assertThat(verdict).satisfies(all -> assertThat(all.isClean()).as("%s", all).isTrue());
    assertThat(verdict.events()).isEqualTo(history.count(Fate.ACKNOWLEDGED));
  }

  @Test
  void killedNode_keepsTheOrder_sqlite() throws Exception {
    Map<String, String> settings = Map.of("PORT", String.valueOf(freePort()));
    Program program = serve(settings);
    put(program, ORDERING);
    Producers producers = producers(program, "kill", KEYS);
    for (int round = 0; round < ROUNDS; round++) {
      awaitMore(KEYS);
      letPass(300, 1_200);
      program.close();
      program = serve(settings);
    }
    awaitMore(KEYS);
    producers.finish();
    judge(program, "order, killed %d times, seed %d".formatted(ROUNDS, SEED));
  }

  @Test
  void orderingOfABacklog_isThatOfItsEvents_sqlite() throws Exception {
    orderingOfABacklog(serve(Map.of()));
  }

  /// Events wait in a paused subscription when it becomes ordered, and more come afterwards.
  private void orderingOfABacklog(Program program) throws Exception {
    put(program, "");
    send(program, "POST", "/subscriptions/all/pause", "{\"reason\":\"backlog\"}");
    Producers producers = producers(program, "backlog", KEYS);
    awaitMore(1_000);
    put(program, ORDERING);
    awaitMore(500);
    send(program, "POST", "/subscriptions/all/resume", "");
    awaitMore(500);
    send(program, "POST", "/subscriptions/all/pause", "{\"reason\":\"again\"}");
    awaitMore(500);
    send(program, "POST", "/subscriptions/all/resume", "");
    producers.finish();
    judge(program, "order of a backlog");
  }

  @Test
  @Tag("sigterm")
  void killedAndFrozenNodes_keepTheOrder_postgres() throws Exception {
    try (var database = PostgresServer.start(folder)) {
      Map<String, String> settings = Map.of("STORAGE", "postgres", "DATABASE_URL", database.url());
      Program stays = serve(settings);
      put(stays, ORDERING);
      Producers producers = producers(stays, "nodes", KEYS);
      for (int round = 0; round < ROUNDS; round++) {
        Program other = serve(settings);
        Producers more = producers(other, "other-" + round, KEYS / 4);
        awaitMore(500);
        letPass(100, 600);
        if (round % 2 == 0) {
          more.finish();
          other.close();
        } else {
          more.finish();
          other.freeze();
          LockSupport.parkNanos(LEASE.plusSeconds(2).toNanos());
          other.thaw();
          awaitMore(500);
          other.close();
        }
      }
      producers.finish();
      judge(stays, "order, two nodes, %d rounds, seed %d".formatted(ROUNDS, SEED));
      stop();
      programs.clear();
    }
  }

  private List<Producers> produceOnTwoNodes(String database) throws Exception {
    Map<String, String> settings = Map.of("STORAGE", "postgres", "DATABASE_URL", database);
    Program one = serve(settings);
    put(one, ORDERING);
    Program other = serve(settings);
    return List.of(producers(one, "one", KEYS / 2), producers(other, "other", KEYS / 2));
  }

  @Test
  void databaseThatFails_keepsTheOrder_postgres() throws Exception {
    try (var database = PostgresServer.start(folder)) {
      List<Producers> producers = produceOnTwoNodes(database.url());
      for (int round = 0; round < ROUNDS; round++) {
        producers.forEach(Producers::hurry);
        awaitMore(1_000);
        database.stopImmediately();
        producers.forEach(Producers::relax);
        letPass(0, 500);
        database.startAgain();
        awaitMore(KEYS);
      }
      Producers.finishAll(producers);
      judge(
          programs.getFirst(), "order, database failed %d times, seed %d".formatted(ROUNDS, SEED));
      stop();
      programs.clear();
    }
  }

  /// The replica has every commit that the primary confirmed, so that nothing is lost and nothing
  /// is repeated that had finished.
  @Test
  void failoverToAReplica_keepsTheOrder_postgres() throws Exception {
    int[] ports = {freePort(), freePort()};
    String url =
        "postgresql://postgres:secret@127.0.0.1:%d,127.0.0.1:%d/postgres"
            .formatted(ports[0], ports[1]);
    List<PostgresServer> databases = new ArrayList<>();
    databases.add(PostgresServer.startOn(folder, ports[0]));
    try {
      List<Producers> producers = produceOnTwoNodes(url);
      for (int round = 0; round < ROUNDS; round++) {
        PostgresServer primary = databases.getLast();
        databases.add(primary.startReplica(folder, ports[(round + 1) % 2]));
        producers.forEach(Producers::hurry);
        awaitMore(1_000);
        primary.stopImmediately();
        producers.forEach(Producers::relax);
        letPass(0, 500);
        databases.getLast().promote();
        awaitMore(KEYS);
      }
      Producers.finishAll(producers);
      judge(programs.getFirst(), "order, %d failovers, seed %d".formatted(ROUNDS, SEED));
      stop();
      programs.clear();
    } finally {
      for (PostgresServer each : databases) {
        each.close();
      }
    }
  }

  @Test
  void orderingOfABacklog_isThatOfItsEvents_postgres() throws Exception {
    try (var database = PostgresServer.start(folder)) {
      orderingOfABacklog(serve(Map.of("STORAGE", "postgres", "DATABASE_URL", database.url())));
      stop();
      programs.clear();
    }
  }
}
