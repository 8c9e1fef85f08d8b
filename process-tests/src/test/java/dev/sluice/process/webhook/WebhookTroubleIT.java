package dev.sluice.process.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sluice.contract.Eventually;
import dev.sluice.process.Client;
import dev.sluice.process.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Receivers that misbehave: each costs only its own subscription.
@Timeout(60)
final class WebhookTroubleIT {

  /// Two attempts each, of one second at most.
  private static final String SHORT =
      "\"timeout\":\"1s\",\"retry\":{\"max_retries\":1,\"base\":\"10ms\"}";

  /// Two attempts each are too few for the circuit breaker.
  private static final List<String> EVENTS = List.of("e-0", "e-1");

  private static final int BACKLOG = 1;

  @TempDir private Path folder;
  private final Arrivals arrivals = new Arrivals();
  private final List<AutoCloseable> receivers = new ArrayList<>();
  private Program program;
  private Client client;

  @BeforeEach
  void start() throws Exception {
    program = Program.serve(folder, Map.of());
    client = new Client(program);
    var receiver = Receiver.recording(arrivals, Duration.ZERO);
    receivers.add(receiver);
    new Hook("good", receiver).create(client);
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    program.close();
    for (AutoCloseable receiver : receivers) {
      receiver.close();
    }
  }

  private void subscribe(String name, String policy, Receiver.Script script) throws Exception {
    var receiver = Receiver.start(script);
    receivers.add(receiver);
    new Hook(name, receiver.port(), policy).create(client);
  }

  private void send(List<String> ids) throws Exception {
    for (String id : ids) {
      assertThat(client.post("{\"event_id\":\"" + id + "\",\"payload\":1}").statusCode())
          .isEqualTo(202);
    }
  }

  @Test
  void misbehavingReceivers_loseOnlyTheirOwnDeliveries() throws Exception {
    Map<String, String> expected = new TreeMap<>();
    for (Misbehaviour one : Misbehaviour.values()) {
      Receiver receiver = one.start();
      receivers.add(receiver);
      new Hook(one.subscription(), receiver.port(), SHORT).create(client);
      expected.put(one.subscription(), twice(one.outcome()));
    }
    new Hook("no-connection", unconnectable(), SHORT).create(client);
    expected.put("no-connection", twice("timed_out"));
    subscribeWithoutHandshake();
    expected.put("no-handshake", twice("timed_out"));
    expected.put("good", "completed succeeded");

    send(EVENTS);

    for (String event : EVENTS) {
      Eventually.holds(
          "both attempts of " + event + " fail as expected",
          () -> outcomesOf(event).equals(expected));
    }
    assertThat(arrivals.eventsOf("good")).containsExactlyInAnyOrderElementsOf(EVENTS);
    assertThat(arrivals.count()).isEqualTo(EVENTS.size());
  }

  /// A delivery whose two attempts had this outcome.
  private static String twice(String outcome) {
    return "failed " + outcome + " " + outcome;
  }

  /// Returns the status of each delivery and the outcomes of its attempts.
  private Map<String, String> outcomesOf(String event) {
    Map<String, String> outcomes = new TreeMap<>();
    for (JsonNode delivery : read("/events/" + event).path("deliveries")) {
      var text = new StringBuilder(delivery.path("status").asText());
      delivery
          .path("attempts")
          .forEach(one -> text.append(' ').append(one.path("outcome").asText()));
      outcomes.put(delivery.path("subscription").asText(), text.toString());
    }
    return outcomes;
  }

  private JsonNode read(String path) {
    try {
      return client.json(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /// A receiver that accepts connections for TLS and says nothing.
  private void subscribeWithoutHandshake() throws Exception {
    var silent = Receiver.hanging();
    receivers.add(silent);
    var hook = new Hook("no-handshake", silent.port(), SHORT);
    String definition = hook.definition("").replace("http://", "https://");
    assertThat(client.send("PUT", "/subscriptions/no-handshake", definition).statusCode())
        .isEqualTo(201);
  }

  @Test
  void receiverThatSendsEachWebhookAsANewEvent_isNoEndlessLoop() throws Exception {
    var statuses = new ConcurrentLinkedQueue<Integer>();
    subscribe(
        "relay",
        SHORT,
        connection -> {
          while (true) {
            statuses.add(relay(connection.read()));
            connection.send("HTTP/1.1 204 No Content\r\n\r\n");
          }
        });

    send(List.of("e-0"));

    Eventually.holds("the loop is refused", () -> statuses.contains(400));
    assertThat(statuses).containsExactlyInAnyOrder(202, 202, 202, 202, 202, 400);
  }

  private int relay(Message webhook) throws IOException {
    String hops = webhook.header("webhook-hops").orElseThrow();
    try {
      return client.send("POST", "/events", "{\"payload\":1}", "webhook-hops", hops).statusCode();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /// Returns a port to which no connection can be made, because its backlog is full.
  private int unconnectable() throws IOException {
    var server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    receivers.add(server);
    for (int waiting = 0; waiting < 10 * BACKLOG; waiting++) {
      var socket = new Socket();
      receivers.add(socket);
      try {
        socket.connect(server.getLocalSocketAddress(), 500);
      } catch (SocketTimeoutException | ConnectException e) {
        break;
      }
    }
    return ((InetSocketAddress) server.getLocalSocketAddress()).getPort();
  }

  @Test
  void receiverThatIsGone_pausesItsSubscriptionOnly() throws Exception {
    subscribe(
        "gone",
        SHORT,
        connection -> {
          connection.read();
          connection.respond("410 Gone");
        });

    send(EVENTS);

    Eventually.holds("it is paused", () -> pauseOf("gone").contains("410"));
    Eventually.holds("the others go on", () -> arrivals.eventsOf("good").containsAll(EVENTS));
    assertThat(pauseOf("good")).isEmpty();
    assertThat(outcomesOf("e-1").get("gone")).doesNotStartWith("failed");
  }

  private String pauseOf(String name) {
    return read("/subscriptions/" + name).path("paused").path("reason").asText();
  }

  @Test
  void receiverThatAsksForAPause_getsItAndTheOthersGoOn() throws Exception {
    var isFirst = new AtomicBoolean(true);
    subscribe(
        "tired",
        "\"concurrency\":1,\"retry\":{\"base\":\"10ms\"}",
        connection -> {
          while (true) {
            arrivals.add(connection.read());
            if (isFirst.getAndSet(false)) {
              connection.respond("429 Too Many Requests", "Retry-After: 2\r\n");
            } else {
              connection.respond("200 OK");
            }
          }
        });

    send(EVENTS);

    for (String event : EVENTS) {
      client.awaitStatus(event, "completed");
    }
    List<Arrival> tired = arrivals.of("tired");
    assertThat(Duration.ofNanos(tired.get(1).nanos() - tired.getFirst().nanos()))
        .as("the pause of all of its deliveries")
        .isGreaterThan(Duration.ofMillis(1_900));
    assertThat(tired).hasSize(EVENTS.size() + 1).allMatch(Arrival::isValid);
    assertThat(arrivals.eventsOf("good")).containsExactlyInAnyOrderElementsOf(EVENTS);
  }

  @Test
  void receiverThatAsksForAnAbsurdPause_getsAMinute() throws Exception {
    subscribe(
        "greedy",
        "\"retry\":{\"base\":\"10ms\"}",
        connection -> {
          connection.read();
          connection.respond("429 Too Many Requests", "Retry-After: 1000000000\r\n");
        });

    send(EVENTS);

    Eventually.holds("it waits", () -> isRetrying("e-0") && isRetrying("e-1"));
    Eventually.holds("the others go on", () -> arrivals.eventsOf("good").containsAll(EVENTS));
    for (String event : EVENTS) {
      JsonNode delivery = deliveryOf(event, "greedy");
      assertThat(millisUntilDue(delivery)).as("%s", delivery).isBetween(55_000L, 120_000L);
    }
  }

  private boolean isRetrying(String event) {
    return deliveryOf(event, "greedy").path("status").asText().equals("retrying");
  }

  private JsonNode deliveryOf(String event, String subscription) {
    for (JsonNode delivery : read("/events/" + event).path("deliveries")) {
      if (delivery.path("subscription").asText().equals(subscription)) {
        return delivery;
      }
    }
    return MissingNode.getInstance();
  }

  /// Returns the time from the end of the last attempt to the next one.
  private static long millisUntilDue(JsonNode delivery) {
    JsonNode attempts = delivery.path("attempts");
    String ended = attempts.path(attempts.size() - 1).path("ended_at").asText();
    String due = delivery.path("next_attempt_at").asText();
    return Duration.between(Instant.parse(ended), Instant.parse(due)).toMillis();
  }
}
