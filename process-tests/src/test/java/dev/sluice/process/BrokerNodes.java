package dev.sluice.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.Eventually;
import dev.sluice.contract.servers.RabbitServer;
import dev.sluice.contract.servers.RedisServer;
import dev.sluice.process.History.Fate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// Nodes that share a RabbitMQ and a Redis. Several installations may use the same servers: each
/// has its own prefix.
final class BrokerNodes implements AutoCloseable {

  static final Duration LEASE = Duration.ofSeconds(3);

  private static final AtomicInteger INSTALLATIONS = new AtomicInteger();

  private final Path folder;
  private final RabbitServer rabbit;
  private final RedisServer redis;

  /// Whether [#close] ends the servers.
  private final boolean isOwner;

  private final String prefix = "it-" + INSTALLATIONS.incrementAndGet();
  private final List<Program> programs = new ArrayList<>();
  private final History history = new History();

  private BrokerNodes(Path folder, RabbitServer rabbit, RedisServer redis, boolean isOwner) {
    this.folder = folder;
    this.rabbit = rabbit;
    this.redis = redis;
    this.isOwner = isOwner;
  }

  /// Starts servers that the test may stop.
  static BrokerNodes start(Path folder) throws IOException {
    return new BrokerNodes(folder, RabbitServer.start(folder), RedisServer.start(folder), true);
  }

  /// Returns another installation on the same servers.
  BrokerNodes besides(Path otherFolder) {
    return new BrokerNodes(otherFolder, rabbit, redis, false);
  }

  RabbitServer rabbit() {
    return rabbit;
  }

  RedisServer redis() {
    return redis;
  }

  History history() {
    return history;
  }

  /// Starts a node.
  ///
  /// @param settings such as `NODE_ROLE=worker`
  Program serve(String... settings) throws IOException {
    Map<String, String> environment = environment();
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

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("STORAGE", "broker");
    environment.put("AMQP_URL", rabbit.url());
    environment.put("REDIS_URL", redis.url());
    environment.put("BROKER_PREFIX", prefix);
    return environment;
  }

  /// Starts a command for this installation, such as `storage reconcile`.
  Program command(String... arguments) throws IOException {
    Program program = Program.start(folder, environment(), arguments);
    programs.add(program);
    return program;
  }

  /// Returns the full name of a queue, such as `events.ingest`.
  String queue(String name) {
    return prefix + "." + name;
  }

  private Path journal() {
    return folder.resolve("journal.txt");
  }

  /// Waits until this many more events are acknowledged.
  void awaitMoreAcknowledged(int number) {
    long wanted = history.count(Fate.ACKNOWLEDGED) + number;
    Eventually.holds(
        wanted + " events are acknowledged", () -> history.count(Fate.ACKNOWLEDGED) >= wanted);
  }

  /// Waits until everything is processed.
  static void awaitNothingLeft(Client client) {
    Instant asked = Instant.now();
    Eventually.holds("all is processed", () -> client.hasNothingLeft(asked));
  }

  /// Whether the node is ready.
  static boolean isReady(Client client) {
    try {
      return client.get("/ready").statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /// Compares the responses, the journal and the listed events.
  Verdict judge(Client client, String what) throws Exception {
    Verdict verdict = Verdict.of(history, journal(), client);
    System.out.println(
        what + ": " + history.count(Fate.ACKNOWLEDGED) + " acknowledged; " + verdict);
    return verdict;
  }

  /// Asserts that nothing was lost, repeated without reason or listed wrongly.
  void assertClean(Client client, String what) throws Exception {
    Verdict verdict = judge(client, what);
    assertThat(verdict.isClean()).as("%s", verdict).isTrue();
  }

  /// What the handlers did, for tests in which the list of events was lost.
  ///
  /// @param lost acknowledged and never finished by a handler
  /// @param repeated finished by a handler more than once
  record Executions(long lost, long repeated) {}

  /// Compares the responses and the journal.
  Executions executions() throws IOException {
    Set<String> ended = new HashSet<>();
    Set<String> again = new HashSet<>();
    for (String line : Files.readAllLines(journal())) {
      String[] parts = line.split(" ", -1);
      if (parts[0].equals("end") && !ended.add(parts[1])) {
        again.add(parts[1]);
      }
    }
    long lost =
        history.all().entrySet().stream()
            .filter(entry -> entry.getValue() == Fate.ACKNOWLEDGED)
            .filter(entry -> !ended.contains(entry.getKey()))
            .count();
    return new Executions(lost, again.size());
  }

  /// Kills the nodes.
  void stopNodes() {
    programs.forEach(Program::close);
    programs.clear();
  }

  @Override
  public void close() throws IOException {
    stopNodes();
    if (!isOwner) {
      return;
    }
    try (rabbit;
        redis) {
      // Closes both, even if one fails.
    }
  }
}
