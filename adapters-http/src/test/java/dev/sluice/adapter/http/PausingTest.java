package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.contract.Eventually;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Pausing and resuming over the API; each response matches its description.
final class PausingTest {

  private static final String PAUSE_DEFAULT = "/subscriptions/default/pause";
  private static final DescribedApi API = DescribedApi.read();
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void resume() {
    server.method("POST", "/subscriptions/default/resume").hasStatus(200);
    server.method("POST", "/processing/resume").hasStatus(200);
    server.handler().release();
  }

  private static Answer pause(String path, String body) {
    return server.post(path, "application/json", body);
  }

  private static Answer isDescribed(String operation, Answer answer) {
    assertThat(API.complaints(operation, answer)).as(answer.body()).isEmpty();
    return answer;
  }

  @Test
  void subscriptions_areListed() {
    Answer answer = isDescribed("GET /subscriptions", server.get("/subscriptions").hasStatus(200));

    assertThat(SubscriptionCalls.withoutFigures(answer.json().path(0)))
        .isEqualTo(
            Answer.read(
                """
                {"name": "default", "version": 0, "state": "active", "origin": "built_in",
                  "types": ["*"], "destination": {"kind": "demo"}, "patterns": ["*"],
                  "handler": "demo", "max_retries": 2, "retry_base_ms": 0, "retry_cap_ms": 0,
                  "paused": null}
                """));
    assertThat(SubscriptionCalls.withoutFigures(server.get("/subscriptions/default").json()))
        .isEqualTo(SubscriptionCalls.withoutFigures(answer.json().path(0)));
  }

  @Test
  void pausedSubscription_saysWhyAndHoldsItsEvents() {
    Answer answer = pause(PAUSE_DEFAULT, "{\"reason\":\"receiver is down\"}").hasStatus(200);

    isDescribed("POST /subscriptions/{id}/pause", answer);
    JsonNode paused = answer.json().path("paused");
    assertThat(paused.path("reason").asText()).isEqualTo("receiver is down");
    assertThat(paused.path("by").asText()).isEqualTo("anonymous");
    assertThat(Instant.parse(paused.path("at").asText()))
        .isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
    assertThat(paused.path("until").isNull()).isTrue();
    isDescribed("GET /subscriptions/{id}", server.get("/subscriptions/default"));

    server.post("{\"event_id\":\"held\",\"payload\":1}").hasStatus(202);
    JsonNode why = explained("held");
    assertThat(why.at("/deliveries/0/reason").asText()).isEqualTo("paused");
    assertThat(why.at("/deliveries/0/paused/scope").asText()).isEqualTo("subscription");
    assertThat(why.path("sentence").asText())
        .startsWith("Subscription default has been paused by anonymous since ")
        .endsWith(", until it is resumed: receiver is down.");
    assertThat(server.handler().executions("held")).isZero();

    Answer resumed = server.method("POST", "/subscriptions/default/resume").hasStatus(200);
    isDescribed("POST /subscriptions/{id}/resume", resumed);
    assertThat(resumed.json().path("paused").isNull()).isTrue();
    server.await("held", "completed");
    assertThat(explained("held").at("/deliveries/0/reason").asText()).isEqualTo("finished");
  }

  private static JsonNode explained(String id) {
    Answer answer = server.get("/events/" + id + "/explain").hasStatus(200);
    return isDescribed("GET /events/{id}/explain", answer).json();
  }

  @Test
  void pausedProcessing_holdsEverythingAndIsStillReady() {
    Answer answer = pause("/processing/pause", "{\"reason\":\"upgrade\"}").hasStatus(200);

    isDescribed("POST /processing/pause", answer);
    assertThat(answer.json().at("/paused/reason").asText()).isEqualTo("upgrade");
    assertThat(answer.json().path("slots").asInt()).isEqualTo(16);
    server.get("/ready").hasStatus(200);
    server.post("{\"event_id\":\"all\",\"payload\":1}").hasStatus(202);
    assertThat(explained("all").at("/deliveries/0/paused/scope").asText()).isEqualTo("processing");

    isDescribed("POST /processing/resume", server.method("POST", "/processing/resume"));
    server.await("all", "completed");
    JsonNode processing = isDescribed("GET /processing", server.get("/processing")).json();
    assertThat(processing.path("paused").isNull()).isTrue();
  }

  @Test
  void secondPause_replacesReasonAndEnd() {
    pause(PAUSE_DEFAULT, "{\"reason\":\"first\",\"until\":\"2999-01-01T00:00:00Z\"}")
        .hasStatus(200);

    JsonNode paused = pause(PAUSE_DEFAULT, "{\"reason\":\"second\"}").json().path("paused");

    assertThat(paused.path("reason").asText()).isEqualTo("second");
    assertThat(paused.path("until").isNull()).isTrue();
  }

  @Test
  void pauseWithEnd_endsByItself() {
    Instant soon = Instant.now().plusMillis(300);

    Answer answer = pause(PAUSE_DEFAULT, "{\"reason\":\"short\",\"until\":\"" + soon + "\"}");

    assertThat(isDescribed("POST /subscriptions/{id}/pause", answer).status()).isEqualTo(200);
    server.post("{\"event_id\":\"short\",\"payload\":1}").hasStatus(202);
    server.await("short", "completed");
    Eventually.holds(
        "nothing is paused",
        () -> server.get("/subscriptions/default").json().path("paused").isNull());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|/reason",
        "{\"reason\":\"\"}|/reason",
        "{\"reason\":\"  \"}|/reason",
        "{\"reason\":5}|/reason",
        "{\"reason\":\"a\\u0000b\"}|/reason",
        "{\"reason\":\"a\",\"until\":\"2001-01-01T00:00:00Z\"}|/until",
        "{\"reason\":\"a\",\"until\":\"tomorrow\"}|/until",
        "{\"reason\":\"a\",\"until\":null}|/until",
        "{\"reason\":\"a\",\"until\":4102444800}|/until",
        "{\"reason\":\"a\",\"colour\":[1]}|/colour"
      })
  void invalidPause_isRefusedWithThePlace(String body, String pointer) {
    for (String path : List.of(PAUSE_DEFAULT, "/processing/pause")) {
      Answer answer = pause(path, body).isProblem(400, "invalid_pause");

      assertThat(answer.json().at("/errors/0/pointer").asText()).isEqualTo(pointer);
      isDescribed("POST " + path.replace("default", "{id}"), answer);
    }
    assertThat(server.get("/processing").json().path("paused").isNull()).isTrue();
  }

  @Test
  void longReason_isRefused() {
    pause(PAUSE_DEFAULT, "{\"reason\":\"" + "x".repeat(501) + "\"}")
        .isProblem(400, "invalid_pause");
    pause(PAUSE_DEFAULT, "{\"reason\":\"" + "x".repeat(500) + "\"}").hasStatus(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{\"reason\":", "{\"reason\":\"a\"} x"})
  void malformedBody_isRefused(String body) {
    Answer answer = pause(PAUSE_DEFAULT, body).isProblem(400, "invalid_json");

    isDescribed("POST /subscriptions/{id}/pause", answer);
  }

  @Test
  void otherMediaTypes_areRefused() {
    Answer answer = server.post("/processing/pause", "text/plain", "{\"reason\":\"a\"}");

    isDescribed("POST /processing/pause", answer.isProblem(415, "unsupported_media_type"));
  }

  @Test
  void largeBody_isRefused() {
    Answer answer = pause("/processing/pause", " ".repeat(70_000));

    isDescribed("POST /processing/pause", answer.isProblem(413, "payload_too_large"));
  }

  @Test
  void unknownSubscription_isNotFound() {
    isDescribed(
        "GET /subscriptions/{id}", server.get("/subscriptions/nobody").isProblem(404, "not_found"));
    isDescribed(
        "POST /subscriptions/{id}/pause",
        pause("/subscriptions/no%2Fbody/pause", "{\"reason\":\"a\"}").isProblem(404, "not_found"));
    isDescribed(
        "POST /subscriptions/{id}/resume",
        server.method("POST", "/subscriptions/nobody/resume").isProblem(404, "not_found"));
  }

  @Test
  void unknownParameters_areRefused() {
    isDescribed(
        "GET /subscriptions", server.get("/subscriptions?a=1").isProblem(400, "invalid_query"));
    isDescribed("GET /processing", server.get("/processing?a=1").isProblem(400, "invalid_query"));
    isDescribed(
        "POST /processing/resume",
        server.method("POST", "/processing/resume?a=1").isProblem(400, "invalid_query"));
  }

  @Test
  void explanation_ofUnknownEvent_isNotFound() {
    isDescribed(
        "GET /events/{id}/explain",
        server.get("/events/nobody/explain").isProblem(404, "not_found"));
  }

  @Test
  void explanations_areAsDescribedInEveryState() {
    server.post("{\"event_id\":\"x-dead\",\"payload\":{\"fail\":true}}");
    server.await("x-dead", "failed");
    assertThat(explained("x-dead").at("/deliveries/0/last_error/message").asText()).isNotEmpty();
    server.handler().block();
    for (int number = 0; number < 20; number++) {
      server.post("{\"event_id\":\"x-" + number + "\",\"payload\":1}").hasStatus(202);
    }
    Eventually.holds("workers are busy", () -> server.application().load().inFlight() == 16);

    JsonNode running = explained("x-0");
    JsonNode waiting = explained("x-19");

    assertThat(running.at("/deliveries/0/reason").asText()).isEqualTo("in_work");
    assertThat(running.at("/deliveries/0/worker").asText()).isEqualTo("worker-1");
    assertThat(waiting.at("/deliveries/0/reason").asText()).isEqualTo("in_line");
    assertThat(waiting.at("/deliveries/0/ahead").asInt()).isBetween(1, 3);
    server.method("POST", "/events/x-19/cancel").hasStatus(202);
    assertThat(explained("x-19").path("status").asText()).isEqualTo("cancelled");
  }
}
