package dev.sluice.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import dev.sluice.contract.Eventually;
import dev.sluice.contract.servers.NeedsBrokerPackages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Failures of API nodes and workers that share a RabbitMQ and a Redis. `scripts/chaos.sh` runs it
/// longer.
@Tag("broker-packages")
@NeedsBrokerPackages
@Tag("sigterm")
@Timeout(3_600)
final class BrokerNodesIT {

  private static final int ROUNDS = Integer.getInteger("chaos.rounds", 1);
  private static final int PRODUCERS = 32;
  private static final int EVENTS = 10_000;
  private static final int PER_REQUEST = 500;
  private static final String API = "NODE_ROLE=api";
  private static final String WORKER = "NODE_ROLE=worker";

  /// For tests in which no node must be taken for dead, even on a slow machine.
  private static final String PATIENT = "LEASE_MS=30000";

  /// How much longer than the lease a takeover may take: the reclaim, and the redelivery of the
  /// message.
  private static final Duration SWEEP = Duration.ofSeconds(6);

  @TempDir private static Path shared;

  /// Owns the servers, which run until the last test has ended.
  private static BrokerNodes servers;

  @TempDir private Path folder;
  private BrokerNodes nodes;

  @BeforeAll
  static void startServers() throws IOException {
    servers = BrokerNodes.start(shared);
  }

  @AfterAll
  static void stopServers() throws IOException {
    servers.close();
  }

  @BeforeEach
  void start() {
    nodes = servers.besides(folder);
  }

  @AfterEach
  void stop() throws IOException {
    nodes.close();
  }

  @Test
  void healthyNodes_executeEveryEventOnce() throws Exception {
    Program one = nodes.serve(API, PATIENT);
    Program other = nodes.serve(API, PATIENT);
    Program worker = nodes.serve(WORKER, PATIENT);
    nodes.serve(WORKER, PATIENT);
    try (var first = new Client(one);
        var second = new Client(other);
        var working = new Client(worker)) {
      for (int from = 0; from < EVENTS; from += PER_REQUEST) {
        post(from / PER_REQUEST % 2 == 0 ? first : second, from);
      }
      BrokerNodes.awaitNothingLeft(second);

      Verdict verdict = nodes.judge(first, "two nodes for producers, two that work");
      assertThat(verdict.isClean()).as("%s", verdict).isTrue();
      assertThat(verdict.events()).isEqualTo(EVENTS);
      assertThat(verdict.attempts()).isEqualTo(EVENTS);
      assertThat(working.post("{\"payload\":1}").statusCode()).isEqualTo(503);
      assertThat(first.number("/stats", "/nodes")).isEqualTo(4);
    }
  }

  private void post(Client client, int from) throws Exception {
    List<String> ids =
        IntStream.range(from, from + PER_REQUEST).mapToObj(number -> "e-" + number).toList();
    ids.forEach(nodes.history()::sending);
    String events =
        String.join(
            ",", ids.stream().map(id -> "{\"event_id\":\"" + id + "\",\"payload\":1}").toList());
    assertThat(client.post("[" + events + "]").statusCode()).isEqualTo(202);
    ids.forEach(id -> nodes.history().answered(id, 202));
  }

  @Test
  void killedWorker_isReplacedWithinLeaseAndSweep() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Program api = nodes.serve(API);
      Program victim = nodes.serve(WORKER, "PROCESSING_DELAY_MS=400");
      nodes.serve(WORKER, "PROCESSING_DELAY_MS=20");
      try (var client = new Client(api)) {
        var producers =
            new Producers(api.address(), nodes.history(), "kill-" + round).start(PRODUCERS);
        nodes.awaitMoreAcknowledged(1_000);
        victim.close();
        long killedAt = System.nanoTime();
        producers.finish();
        BrokerNodes.awaitNothingLeft(client);

        Duration toEnd = Duration.ofNanos(System.nanoTime() - killedAt);
        assertThat(toEnd).isLessThan(BrokerNodes.LEASE.plus(SWEEP));
        nodes.assertClean(
            client, "a worker killed, all done after %d ms".formatted(toEnd.toMillis()));
      }
      nodes.stopNodes();
    }
  }

  @Test
  void killedApiNode_losesNothing() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Program victim = nodes.serve(API);
      Program all = nodes.serve();
      try (var client = new Client(all)) {
        var producers =
            List.of(
                new Producers(victim.address(), nodes.history(), "a-" + round).start(PRODUCERS / 2),
                new Producers(all.address(), nodes.history(), "b-" + round).start(PRODUCERS / 2));
        nodes.awaitMoreAcknowledged(1_000);
        victim.close();
        producers.forEach(Producers::relax);
        nodes.awaitMoreAcknowledged(1_000);
        Program again = nodes.serve(API, "PORT=" + victim.address().getPort());
        assertThat(again.address()).isEqualTo(victim.address());
        Producers.finishAll(producers);
        BrokerNodes.awaitNothingLeft(client);

        nodes.assertClean(client, "a node for producers killed");
      }
      nodes.stopNodes();
    }
  }

  /// An event in Sluice's own format, one as NestJS wraps it, and a message that is no event.
  @Test
  void messagesOfOtherPrograms_areTakenIn() throws Exception {
    Program worker = nodes.serve(WORKER);
    publish("{\"event_id\":\"plain\",\"payload\":1}");
    publish("{\"pattern\":\"order.paid\",\"data\":{\"event_id\":\"nest\",\"payload\":1}}");
    publish("nonsense");
    try (var client = new Client(worker)) {
      Eventually.holds("both are processed", () -> isCompleted(client, 2));

      assertThat(client.json("/events/plain").path("status").asText()).isEqualTo("completed");
      assertThat(client.json("/events/nest").path("event_type").asText()).isEqualTo("order.paid");
      String dead = Pattern.quote(nodes.queue("events.dlq")) + "\\s+1";
      Eventually.holds(
          "the third is a dead letter of the queue",
          () ->
              nodes
                  .rabbit()
                  .ctl("list_queues", "name", "messages")
                  .lines()
                  .anyMatch(line -> line.matches(dead)));
      assertThat(worker.hasLogged("is not an event")).isTrue();
    }
  }

  /// So few messages that their missing number alone triggers no reconciliation.
  @Test
  void messagesThatRabbitLost_arePublishedAgainOnRequest() throws Exception {
    Program api = nodes.serve(API);
    try (var client = new Client(api)) {
      publishEvents(client, 5);
      assertThat(nodes.rabbit().ctl("purge_queue", nodes.queue("events.ingest"))).isNotNull();
      nodes.serve(WORKER);

      Program reconcile = nodes.command("storage", "reconcile");
      assertThat(reconcile.exitCode()).isZero();
      assertThat(reconcile.out()).singleElement().asString().contains("reconciles");
      BrokerNodes.awaitNothingLeft(client);

      nodes.assertClean(client, "messages purged and reconciled");
    }
  }

  private void publishEvents(Client client, int number) throws Exception {
    for (int event = 0; event < number; event++) {
      String id = "lost-" + event;
      nodes.history().sending(id);
      int status = client.post("{\"event_id\":\"" + id + "\",\"payload\":1}").statusCode();
      nodes.history().answered(id, status);
      assertThat(status).isEqualTo(202);
    }
  }

  private static boolean isCompleted(Client client, int number) {
    return client.number("/stats", "/totals/completed") == number;
  }

  private void publish(String body) throws Exception {
    var factory = new ConnectionFactory();
    factory.setUri(nodes.rabbit().url());
    factory.setVirtualHost("/");
    try (Connection connection = factory.newConnection();
        Channel channel = connection.createChannel()) {
      channel.confirmSelect();
      channel.basicPublish(
          "",
          nodes.queue("events.ingest"),
          MessageProperties.PERSISTENT_TEXT_PLAIN,
          body.getBytes(StandardCharsets.UTF_8));
      channel.waitForConfirmsOrDie();
    }
  }

  @Test
  void sameIdFromManyClients_isStoredOnce() throws Exception {
    SameId.assertStoredOnce(nodes.serve(), nodes.serve());
  }
}
