package dev.sluice.adapter.http;

import static dev.sluice.adapter.http.SubscriptionCalls.ANY;
import static dev.sluice.adapter.http.SubscriptionCalls.eventsOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Where events go after subscriptions were changed over the API.
final class SubscriptionRoutingHttpTest {

  private static final String LOG = "{\"types\":[\"log\"],\"destination\":{\"kind\":\"log\"}}";

  private final TestServer server = TestServer.start();
  private final SubscriptionCalls calls = new SubscriptionCalls(server);

  @AfterEach
  void stop() {
    server.close();
  }

  private static JsonNode deliveries(JsonNode event) {
    return event.path("deliveries");
  }

  @Test
  void event_isRoutedToWhatWasJustCreated() {
    calls.put("orders", eventsOf("order.*")).hasStatus(201);
    calls.put("audit", ANY).hasStatus(201);

    JsonNode event = calls.send("1", "order.paid", "1");

    assertThat(deliveries(event).findValuesAsText("subscription"))
        .containsExactlyInAnyOrder("orders", "audit");
    server.await("1", "completed");
    assertThat(server.handler().executions("1")).isEqualTo(2);
    assertThat(deliveries(calls.send("2", "invoice", "1")).findValuesAsText("subscription"))
        .containsExactly("audit");
  }

  @Test
  void responseToProducer_namesTheSubscriptions() {
    calls.put("orders", eventsOf("order.*")).hasStatus(201);
    calls.put("audit", eventsOf("*.paid")).hasStatus(201);
    String paid = "{\"event_id\":\"p\",\"type\":\"order.paid\",\"payload\":1}";

    JsonNode routed = server.post(paid).hasStatus(202).json();
    JsonNode unrouted = server.post("{\"type\":\"x\",\"payload\":1}").hasStatus(202).json();

    assertThat(routed.path("subscriptions").toString()).isEqualTo("[\"audit\",\"orders\"]");
    assertThat(unrouted.path("subscriptions").toString()).isEqualTo("[]");
  }

  @Test
  void responseToABatch_namesTheSubscriptionsOfEachEvent() {
    calls.put("orders", eventsOf("order.*")).hasStatus(201);
    calls.put("audit", eventsOf("*.paid")).hasStatus(201);
    String events =
        """
        [{"event_id":"p","type":"order.paid","payload":1},{"event_id":"n","type":"x","payload":1},
         {"event_id":"p","type":"order.paid","payload":1}]
        """;

    JsonNode results = server.post(events).hasStatus(202).json().path("results");

    assertThat(results.path(0).path("subscriptions").toString())
        .isEqualTo("[\"audit\",\"orders\"]");
    assertThat(results.path(1).path("subscriptions").toString()).isEqualTo("[]");
    assertThat(results.path(2).has("subscriptions")).isFalse();
  }

  @Test
  void responseToASmallEvent_staysSmallWithManySubscriptions() {
    for (int number = 0; number < 103; number++) {
      calls.put("s-" + number, ANY).hasStatus(201);
    }

    JsonNode one = server.post("{\"payload\":1}").hasStatus(202).json();
    JsonNode batch = server.post("[{\"payload\":1}]").hasStatus(202).json().at("/results/0");

    for (JsonNode answer : new JsonNode[] {one, batch}) {
      assertThat(answer.path("subscriptions")).hasSize(100);
      assertThat(answer.path("subscriptions_omitted").asInt()).isEqualTo(3);
    }
  }

  @Test
  void responseToABatchOfSmallEvents_staysSmallWithManySubscriptions() {
    for (int number = 0; number < 100; number++) {
      calls.put("s-" + number, ANY).hasStatus(201);
    }
    String events = "[" + "{\"payload\":1},".repeat(49) + "{\"payload\":1}]";

    JsonNode results = server.post(events).hasStatus(202).json().path("results");

    assertThat(results).hasSize(50);
    assertThat(results.findValues("subscriptions").stream().mapToInt(JsonNode::size).sum())
        .isEqualTo(1_050);
    assertThat(results.path(49).path("subscriptions")).hasSize(1);
    assertThat(results.path(49).path("subscriptions_omitted").asInt()).isEqualTo(99);
  }

  @Test
  void attempt_namesTheVersionOfItsSubscription() {
    calls.put("orders", eventsOf("order.*")).hasStatus(201);
    var _ = calls.send("1", "order.paid", "1");
    server.await("1", "completed");

    JsonNode attempt = deliveries(server.get("/events/1").json()).path(0).path("attempts").path(0);
    JsonNode explained = deliveries(server.get("/events/1/explain").json()).path(0);

    assertThat(attempt.path("subscription_version").asLong())
        .isPositive()
        .isEqualTo(calls.get("orders").json().path("version").asLong());
    assertThat(explained.path("entered_at").asText())
        .isEqualTo(explained.path("finished_at").asText())
        .isNotEmpty();
  }

  @Test
  void attemptOfTheBuiltInSubscription_namesNoVersion() {
    var _ = calls.send("1", "a", "1");
    server.await("1", "completed");

    JsonNode attempt = deliveries(server.get("/events/1").json()).path(0).path("attempts").path(0);

    assertThat(attempt.path("number").asInt()).isEqualTo(1);
    assertThat(attempt.has("subscription_version")).isFalse();
  }

  @Test
  void builtInSubscription_getsEventsUntilAnotherIsStored() {
    JsonNode before = calls.send("before", "a", "1");
    calls.put("orders", eventsOf("order.*")).hasStatus(201);
    JsonNode after = calls.send("after", "a", "1");

    assertThat(deliveries(before).findValuesAsText("subscription")).containsExactly("default");
    assertThat(deliveries(after)).isEmpty();
    assertThat(after.path("status").asText()).isEqualTo("unrouted");
    assertThat(server.get("/subscriptions").json().findValuesAsText("name"))
        .containsExactly("orders");
    calls.delete("default", "?deliveries=cancel").isProblem(409, "state_conflict");
  }

  @Test
  void builtInSubscription_canBePausedAndResumedWhileItHasDeliveries() {
    server.post("/subscriptions/default/pause", "application/json", "{\"reason\":\"x\"}");
    calls.send("waiting", "a", "1");
    calls.put("orders", eventsOf("order.*")).hasStatus(201);
    assertThat(calls.get("default").text("state")).isEqualTo("finishing");

    server.method("POST", "/subscriptions/default/resume").hasStatus(200);

    server.await("waiting", "completed");
  }

  @Test
  void builtInSubscription_isReplacedByOneOfItsName() {
    calls.patch("default", "{\"description\":\"x\"}").isProblem(409, "state_conflict");
    calls.delete("default", "").isProblem(409, "state_conflict");
    assertThat(calls.versions("default")).isEmpty();
    String tag = calls.get("default").header("ETag");

    Answer answer = calls.put("default", eventsOf("a.*"), "If-Match", tag).hasStatus(201);

    assertThat(answer.text("origin")).isEqualTo("api");
    assertThat(deliveries(calls.send("1", "a.b", "1"))).hasSize(1);
    assertThat(deliveries(calls.send("2", "b", "1"))).isEmpty();
  }

  @Test
  void deletedSubscription_getsNoEvents() {
    calls.put("orders", ANY).hasStatus(201);
    calls.delete("orders", "").hasStatus(200);

    assertThat(deliveries(calls.send("1", "a", "1"))).isEmpty();
  }

  @Test
  void demoOnly_isSaidUntilEventsGoElsewhere() {
    assertThat(isDemoOnly()).as("built in").isTrue();
    calls.put("trial", ANY).hasStatus(201);
    assertThat(isDemoOnly()).as("stored").isTrue();

    calls.put("log", LOG).hasStatus(201);
    assertThat(isDemoOnly()).isFalse();

    calls.delete("log", "?deliveries=cancel").hasStatus(200);
    assertThat(isDemoOnly()).as("deleted").isTrue();
    assertThat(server.get("/meta").json().path("features").toString()).contains("subscriptions");
  }

  private boolean isDemoOnly() {
    return server.get("/meta").json().path("demo_handler_only").asBoolean();
  }
}
