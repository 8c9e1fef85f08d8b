package dev.sluice.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.contract.Eventually;
import dev.sluice.contract.servers.NeedsBrokerPackages;
import dev.sluice.contract.servers.PostgresServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The storage is away while admins change subscriptions: nothing is changed, nothing that was
/// acknowledged is lost, and afterwards both nodes agree.
@Tag("sigterm")
final class SubscriptionOutagesIT {

  private static final int EVENTS = 600;
  private static final int CHANGES = 20;
  private static final String DEFINITION =
      "{\"types\":[\"changed\"],\"destination\":{\"kind\":\"log\"}}";

  @TempDir private Path folder;
  private final List<Program> nodes = new ArrayList<>();

  @AfterEach
  void stop() {
    nodes.forEach(Program::close);
  }

  private static void create(Client client) throws Exception {
    String all = DEFINITION.replace("changed", "*").replace("log", "demo");
    assertThat(client.send("PUT", "/subscriptions/all", all).statusCode()).isEqualTo(201);
  }

  /// Returns the active subscriptions without counts and rates, which change by themselves, as does
  /// one that was deleted.
  private static List<JsonNode> subscriptions(Client client) {
    try {
      return StreamSupport.stream(client.json("/subscriptions").spliterator(), false)
          .filter(one -> one.path("state").asText().equals("active"))
          .map(SubscriptionOutagesIT::withoutFigures)
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static JsonNode withoutFigures(JsonNode subscription) {
    return ((ObjectNode) subscription)
        .without(List.of("deliveries", "oldest_waiting_seconds", "rates_per_second", "success"));
  }

  private static void awaitSame(Client one, Client other) {
    Eventually.holds("both agree", () -> subscriptions(one).equals(subscriptions(other)));
  }

  /// Sends all edits at once: each waits some seconds for the storage before it is refused.
  private static void assertNoEditIsPossible(Client... clients) throws Exception {
    List<Callable<HttpResponse<String>>> edits = new ArrayList<>();
    for (Client client : clients) {
      edits.add(() -> client.send("PUT", "/subscriptions/new", DEFINITION));
      edits.add(() -> client.send("PUT", "/subscriptions/all", DEFINITION));
      edits.add(() -> client.send("PATCH", "/subscriptions/all", "{\"types\":[\"changed\"]}"));
      edits.add(() -> client.send("DELETE", "/subscriptions/all?deliveries=cancel", ""));
    }
    try (var admins = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<HttpResponse<String>> refused : admins.invokeAll(edits)) {
        HttpResponse<String> answer = refused.get();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
            .startsWith("application/problem+json");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      }
    }
  }

  @Test
  void postgresThatIsAway_changesNothingAndLosesNothing() throws Exception {
    try (PostgresServer database = PostgresServer.start(folder)) {
      for (int node = 0; node < 2; node++) {
        nodes.add(serve(database));
      }
      try (var one = new Client(nodes.getFirst());
          var other = new Client(nodes.getLast());
          var load =
              new RoutedLoad(nodes.stream().map(Program::address).toList(), EVENTS, CHANGES, 1)) {
        load.start(2);
        load.run();
        awaitSame(one, other);
        List<JsonNode> before = subscriptions(one);

        database.stopImmediately();
        Eventually.holds("it is not ready", () -> !BrokerNodes.isReady(one));
        assertNoEditIsPossible(one, other);
        assertThat(subscriptions(one)).isEqualTo(before);
        assertThat(subscriptions(other)).isEqualTo(before);
        database.startAgain();
        Eventually.holds("both are ready", () -> areReady(one, other));

        assertThat(subscriptions(one)).isEqualTo(before);
        assertThat(one.get("/subscriptions/new").statusCode()).isEqualTo(404);
        load.changes().make();
        awaitSame(one, other);
        load.judge(one, folder.resolve("journal.txt"), "PostgreSQL away from admins");
      }
      stop();
    }
  }

  private Program serve(PostgresServer database) throws IOException {
    return Program.serve(
        folder,
        Map.of(
            "STORAGE",
            "postgres",
            "DATABASE_URL",
            database.url(),
            "DEMO",
            "on",
            "DEMO_JOURNAL",
            folder.resolve("journal.txt").toString(),
            "MAX_RETRIES",
            "2",
            "RETRY_BASE_MS",
            "0"));
  }

  private static boolean areReady(Client one, Client other) {
    return BrokerNodes.isReady(one) && BrokerNodes.isReady(other);
  }

  /// Redis comes back empty: the nodes store again what they know.
  @Test
  @Tag("broker-packages")
  @NeedsBrokerPackages
  void redisThatIsAway_changesNothingAndLosesNothing() throws Exception {
    try (var broker = BrokerNodes.start(folder)) {
      Program first = broker.serve();
      Program second = broker.serve();
      try (var one = new Client(first);
          var other = new Client(second)) {
        create(one);
        awaitSame(one, other);
        List<JsonNode> before = definitions(one);
        var producers =
            List.of(
                new Producers(first.address(), broker.history(), "one").start(2),
                new Producers(second.address(), broker.history(), "other").start(2));
        broker.awaitMoreAcknowledged(EVENTS / 2);

        broker.redis().stop();
        Eventually.holds("it is not ready", () -> !BrokerNodes.isReady(one));
        assertNoEditIsPossible(one, other);
        assertThat(definitions(one)).isEqualTo(before);
        assertThat(definitions(other)).isEqualTo(before);
        broker.redis().startAgain();
        Eventually.holds("both are ready", () -> areReady(one, other));

        broker.awaitMoreAcknowledged(EVENTS / 2);
        Producers.finishAll(producers);
        awaitSame(one, other);
        assertThat(definitions(one)).isEqualTo(before);
        assertThat(definitions(other)).isEqualTo(before);
        BrokerNodes.awaitNothingLeft(one);
        assertThat(broker.executions().lost()).isZero();
      }
    }
  }

  /// What an emptied Redis gets back has new versions.
  private static List<JsonNode> definitions(Client client) {
    List<JsonNode> all = subscriptions(client);
    all.forEach(one -> ((ObjectNode) one).remove(List.of("version", "changed_by", "changed_at")));
    return all;
  }
}
