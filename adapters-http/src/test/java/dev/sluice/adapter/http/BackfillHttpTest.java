package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.contract.Eventually;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Back-fills over HTTP.
final class BackfillHttpTest {

  private static final String JSON = "application/json";
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    put("first", "{\"types\":[\"first.*\"],\"destination\":{\"kind\":\"demo\"}}");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void put(String name, String definition) {
    server
        .call(
            server
                .request("/subscriptions/" + name)
                .header("Content-Type", JSON)
                .PUT(BodyPublishers.ofString(definition)))
        .hasStatus(201);
  }

  private static void send(String id, String type, String country) {
    server
        .post(
            "{\"event_id\":\"%s\",\"type\":\"%s\",\"payload\":{\"country\":\"%s\"}}"
                .formatted(id, type, country))
        .hasStatus(202);
  }

  private static JsonNode plan(String name, String body) {
    return server.post("/subscriptions/" + name + "/backfill", JSON, body).hasStatus(200).json();
  }

  private static JsonNode run(JsonNode plan) {
    String token = plan.path("token").asText();
    String id =
        server.post("/bulk", JSON, "{\"token\":\"" + token + "\"}").hasStatus(202).text("id");
    Eventually.holds("it ends", () -> !server.get("/bulk/" + id).text("state").equals("running"));
    return server.get("/bulk/" + id).json();
  }

  @Test
  void eventsThatMatch_areDeliveredOnce() {
    send("late-1", "late.a", "DE");
    send("late-2", "late.a", "FR");
    send("late-3", "late.a", "AT");
    send("late-4", "other", "DE");
    assertThat(server.get("/events/late-1").text("status")).isEqualTo("unrouted");
    put(
        "late",
        "{\"types\":[\"late.*\"],\"filter\":{\"payload\":{\"country\":[\"DE\",\"AT\"]}},"
            + "\"destination\":{\"kind\":\"demo\"}}");

    JsonNode plan =
        plan("late", "{\"since\":0,\"filter\":{\"payload\":{\"country\":[\"DE\",\"FR\"]}}}");

    assertThat(plan.path("action").asText()).isEqualTo("backfill");
    assertThat(plan.path("count").asLong()).isEqualTo(1);
    assertThat(plan.path("qualifying").asLong()).isEqualTo(1);
    assertThat(plan.at("/sample/0/event_id").asText()).isEqualTo("late-1");
    assertThat(plan.path("backfill"))
        .hasToString(
            "{\"subscription\":\"late\",\"since\":\"1970-01-01T00:00:00.000Z\","
                + "\"filter\":{\"payload\":{\"country\":[\"DE\",\"FR\"]}}}");
    JsonNode job = run(plan);
    assertThat(job.path("state").asText()).isEqualTo("finished");
    assertThat(job.path("done").asLong()).isEqualTo(1);
    assertThat(job.at("/backfill/subscription").asText()).isEqualTo("late");
    server.await("late-1", "completed");
    assertThat(server.get("/events/late-2").text("status")).isEqualTo("unrouted");
    assertThat(server.get("/activity?limit=5").json().toString())
        .contains("backfill of 1 events for late");

    JsonNode rest = plan("late", "{}");
    assertThat(rest.path("count").asLong()).isEqualTo(2);
    assertThat(rest.path("qualifying").asLong()).isEqualTo(1);
    assertThat(run(rest).path("done").asLong()).isEqualTo(1);
    server.await("late-3", "completed");
    assertThat(plan("late", "{}").path("qualifying").asLong()).isZero();
    assertThat(server.get("/events/late-4").text("status")).isEqualTo("unrouted");
  }

  @Test
  void pausedSubscription_getsDeliveriesThatWait() {
    send("paused-1", "paused", "DE");
    put("paused", "{\"types\":[\"paused\"],\"destination\":{\"kind\":\"demo\"}}");
    server.post("/subscriptions/paused/pause", JSON, "{\"reason\":\"test\"}").hasStatus(200);

    assertThat(run(plan("paused", "{}")).path("done").asLong()).isEqualTo(1);

    assertThat(server.get("/events/paused-1").text("status")).isEqualTo("received");
    server.post("/subscriptions/paused/resume", JSON, "").hasStatus(200);
    server.await("paused-1", "completed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"sinc\":0} | /sinc",
        "{\"since\":\"soon\"} | /since",
        "{\"since\":\"2026-01-02T00:00:00Z\",\"until\":\"2026-01-01T00:00:00Z\"} | /until",
        "{\"filter\":3} | /filter",
        "{\"filter\":{\"payload\":{\"a\":3}}} | /filter/payload/a",
      })
  void invalidBody_isRefusedWithAPointer(String body, String pointer) {
    Answer answer = server.post("/subscriptions/first/backfill", JSON, body);

    assertThat(answer.isProblem(400, "invalid_filter").pointers()).containsExactly(pointer);
  }

  @Test
  void unknownSubscription_is404() {
    server.post("/subscriptions/nobody/backfill", JSON, "{}").isProblem(404, "not_found");
  }

  /// The built-in one gets no events any more.
  @Test
  void subscriptionWithoutEvents_is409() {
    server.post("/subscriptions/default/backfill", JSON, "{}").isProblem(409, "state_conflict");
  }

  /// It is planned for a subscription.
  @Test
  void bulkPlan_knowsNoBackfill() {
    server
        .post("/bulk/plan", JSON, "{\"action\":\"backfill\",\"all\":true}")
        .isProblem(400, "invalid_filter");
  }
}
