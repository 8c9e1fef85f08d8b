package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.application.NodeRole;
import dev.sluice.contract.Eventually;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Events whose deliveries begin later, over HTTP. The node processes none.
final class SchedulingTest {

  private static final String TIME = "2099-01-02T03:04:05.678Z";

  private final TestServer server = TestServer.start(Setup.USUAL.withRole(NodeRole.API));

  /// A node waits a while for unfinished deliveries before it stops.
  @AfterEach
  void close() {
    server.method("POST", "/events/e-1/cancel");
    server.close();
  }

  private Answer send(String schedule) {
    return server.post("{\"event_id\":\"e-1\",\"payload\":1," + schedule + "}");
  }

  private Answer patch(String body) {
    return server.call(
        server
            .request("/events/e-1")
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString(body)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"2099-01-02T03:04:05.678Z\"",
        "\"2099-01-02T04:04:05.678+01:00\"",
        "4071006245.678",
        "4071006245678"
      })
  void deliverAt_isWhenTheDeliveriesBegin(String time) {
    Answer answer = send("\"deliver_at\":" + time).hasStatus(202);

    assertThat(answer.text("deliver_at")).isEqualTo(TIME);
    assertThat(answer.text("status")).isEqualTo("received");
    assertThat(answer.text("next_attempt_at")).isEqualTo(TIME);
    JsonNode stored = server.get("/events/e-1").json();
    assertThat(stored.path("deliver_at").asText()).isEqualTo(TIME);
    assertThat(stored.at("/deliveries/0/next_attempt_at").asText()).isEqualTo(TIME);
  }

  @Test
  void delay_countsFromTheReceipt() {
    JsonNode answer = send("\"delay\":\"12h\"").hasStatus(202).json();

    Duration delay =
        Duration.between(
            Instant.parse(answer.path("received_at").asText()),
            Instant.parse(answer.path("deliver_at").asText()));
    assertThat(delay).isBetween(Duration.ofHours(12), Duration.ofHours(12).plusMillis(1));
  }

  @Test
  void statistics_sayWhatIsDueInTheNextHour() {
    send("\"delay\":\"90s\"").hasStatus(202);

    JsonNode due = server.get("/stats/due").hasStatus(200).json();

    assertThat(due.path("step_seconds").asInt()).isEqualTo(60);
    assertThat(due.path("due").size()).isEqualTo(60);
    assertThat(due.path("due").get(1).asInt()).isEqualTo(1);
    assertThat(due.path("at_least").asBoolean()).isFalse();
  }

  @Test
  void eventThatIsDueAtOnce_saysNothingOfATime() {
    Answer answer = server.post("{\"event_id\":\"e-1\",\"payload\":1}").hasStatus(202);

    assertThat(answer.json().has("deliver_at")).isFalse();
    assertThat(answer.json().has("next_attempt_at")).isFalse();
  }

  @Test
  void delayOfASubscription_isShownByItsDelivery() {
    server
        .call(
            server
                .request("/subscriptions/slow")
                .header("Content-Type", "application/json")
                .PUT(
                    BodyPublishers.ofString(
                        "{\"types\":[\"*\"],\"destination\":{\"kind\":\"demo\"},"
                            + "\"delay\":\"366d\"}")))
        .hasStatus(201);

    JsonNode answer = send("\"source\":\"shop\"").hasStatus(202).json();

    assertThat(answer.has("deliver_at")).isFalse();
    assertThat(Instant.parse(answer.path("next_attempt_at").asText()))
        .isAfter(Instant.parse(answer.path("received_at").asText()).plus(Duration.ofDays(365)));
  }

  @Test
  void cloudEvent_mayNameItsTime() {
    server
        .post(
            "/events",
            "application/cloudevents+json",
            "{\"specversion\":\"1.0\",\"id\":\"e-1\",\"source\":\"s\",\"type\":\"t\","
                + "\"deliverat\":\""
                + TIME
                + "\",\"data\":1}")
        .hasStatus(202);

    assertThat(server.get("/events/e-1").text("deliver_at")).isEqualTo(TIME);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "deliver_at":"tomorrow"                              | /deliver_at
          "deliver_at":true                                    | /deliver_at
          "deliver_at":"1969-12-31T23:59:59Z"                  | /deliver_at
          "deliver_at":"2100-01-01T00:00:00Z"                  | /deliver_at
          "delay":5                                            | /delay
          "delay":"5"                                          | /delay
          "delay":"-5s"                                        | /delay
          "delay":"367d"                                       | /delay
          "delay":"5s","deliver_at":"2027-01-01T00:00:00Z"     | /deliver_at
          "deliver_at":"2027-01-01T00:00:00Z","delay":"5s"     | /delay
          "expires_at":"never"                                 | /expires_at
          "expires_at":"2100-01-01T00:00:00Z"                  | /expires_at
          "expires_after":"367d"                               | /expires_after
          "expires_after":60                                   | /expires_after
          "expires_after":"5s","expires_at":4000000000         | /expires_at
          "expires_at":4000000000,"expires_after":"5s"         | /expires_after
          "deliver_at":4000000000,"expires_at":4000000000      | /expires_at
          """)
  void wrongSchedule_isRefusedWithAPointer(String schedule, String pointer) {
    assertThat(send(schedule).isProblem(400, "invalid_event").pointers()).containsExactly(pointer);
    server.get("/events/e-1").hasStatus(404);
  }

  @Test
  void patch_movesTheFirstAttempt() {
    send("\"deliver_at\":\"2099-12-31T00:00:00Z\"").hasStatus(202);

    Answer answer = patch("{\"deliver_at\":\"" + TIME + "\"}").hasStatus(202);

    assertThat(answer.text("deliver_at")).isEqualTo(TIME);
    JsonNode stored = server.get("/events/e-1").json();
    assertThat(stored.path("deliver_at").asText()).isEqualTo(TIME);
    assertThat(stored.at("/deliveries/0/next_attempt_at").asText()).isEqualTo(TIME);
    JsonNode entry = server.get("/activity?limit=1").json().get(0);
    assertThat(entry.path("action").asText()).isEqualTo("event.reschedule");
    assertThat(entry.path("detail").asText()).isEqualTo("to " + TIME);
  }

  @Test
  void patch_mayNameADelayFromNow() {
    send("\"deliver_at\":\"" + TIME + "\"").hasStatus(202);

    Instant moved = Instant.parse(patch("{\"delay\":\"1h\"}").hasStatus(202).text("deliver_at"));

    assertThat(Duration.between(Instant.now(), moved))
        .isBetween(Duration.ofMinutes(50), Duration.ofMinutes(61));
  }

  @Test
  void patchToATimeThatHasPassed_makesItDue() {
    send("\"deliver_at\":\"" + TIME + "\"").hasStatus(202);

    patch("{\"deliver_at\":\"2001-01-01T00:00:00Z\"}").hasStatus(202);

    assertThat(server.get("/events/e-1/explain").json().at("/deliveries/0/reason").asText())
        .isNotEqualTo("not_due");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                      | /deliver_at
          {"deliver_at":"2027-01-01T00:00:00Z","delay":"1s"}      | /deliver_at
          {"deliver_at":"soon"}                                   | /deliver_at
          {"deliver_at":"2100-01-01T00:00:00Z"}                   | /deliver_at
          {"deliver_at":"2099-12-31T23:59:59.9995Z"}              | /deliver_at
          {"delay":"400d"}                                        | /delay
          {"delay":7}                                             | /delay
          {"delay":"1s","status":"received"}                      | /status
          """)
  void wrongPatch_changesNothing(String body, String pointer) {
    send("\"deliver_at\":\"" + TIME + "\"").hasStatus(202);

    assertThat(patch(body).isProblem(400, "invalid_event").pointers()).containsExactly(pointer);
    assertThat(server.get("/events/e-1").text("deliver_at")).isEqualTo(TIME);
  }

  @Test
  void patch_needsADeliveryThatWasNeverAttempted() {
    patch("{\"delay\":\"1s\"}").isProblem(404, "not_found");
    send("\"deliver_at\":\"" + TIME + "\"").hasStatus(202);
    server.method("POST", "/events/e-1/cancel").hasStatus(202);

    Answer answer = patch("{\"delay\":\"1s\"}").isProblem(409, "state_conflict");

    assertThat(answer.text("detail"))
        .isEqualTo(
            "Only deliveries that were never attempted can be rescheduled. The event is cancelled;"
                + " nothing was changed.");
  }

  @Test
  void scheduledDelivery_isExplained() {
    send("\"deliver_at\":\"" + TIME + "\"").hasStatus(202);

    JsonNode delivery = server.get("/events/e-1/explain").json().at("/deliveries/0");

    assertThat(delivery.path("reason").asText()).isEqualTo("not_due");
    assertThat(delivery.path("next_attempt_at").asText()).isEqualTo(TIME);
    assertThat(delivery.path("sentence").asText())
        .startsWith("It is scheduled for " + TIME + ", which is in ");
  }

  @Test
  void expiry_isShown() {
    assertThat(send("\"expires_at\":\"" + TIME + "\"").hasStatus(202).text("expires_at"))
        .isEqualTo(TIME);
    assertThat(server.get("/events/e-1").text("expires_at")).isEqualTo(TIME);
  }

  @Test
  void expiresAfter_countsFromTheReceipt() {
    JsonNode answer = send("\"expires_after\":\"12h\"").hasStatus(202).json();

    Duration span =
        Duration.between(
            Instant.parse(answer.path("received_at").asText()),
            Instant.parse(answer.path("expires_at").asText()));
    assertThat(span).isBetween(Duration.ofHours(12), Duration.ofHours(12).plusMillis(1));
  }

  @Test
  void expiryOfACloudEvent_isItsExpirytime() {
    server
        .post(
            "/events",
            "application/cloudevents+json",
            "{\"specversion\":\"1.0\",\"id\":\"e-1\",\"source\":\"s\",\"type\":\"t\","
                + "\"expirytime\":\""
                + TIME
                + "\",\"data\":1}")
        .hasStatus(202);

    assertThat(server.get("/events/e-1").text("expires_at")).isEqualTo(TIME);
  }

  @Test
  void expiredEvent_isListedExplainedAndReplayed() {
    try (var working = TestServer.start()) {
      working.post("{\"event_id\":\"e-2\",\"payload\":1,\"expires_at\":1}").hasStatus(202);
      working.await("e-2", "expired");

      assertThat(working.get("/events?status=expired").json().at("/0/event_id").asText())
          .isEqualTo("e-2");
      assertThat(working.get("/events/e-2/explain").text("sentence")).startsWith("Expired: ");
      Eventually.holds(
          "it is in the figures",
          () -> working.get("/stats").json().at("/events/expired").asInt() == 1);
      working.post("/events/e-2/replay", "application/json", "{\"all\":true}").hasStatus(202);
      working.await("e-2", "completed");
      assertThat(working.get("/events/e-2").json().has("expires_at")).isFalse();
    }
  }

  @Test
  void fractionOfAMillisecond_isRoundedUp() {
    assertThat(send("\"deliver_at\":\"2099-01-02T03:04:05.6771Z\"").text("deliver_at"))
        .isEqualTo(TIME);
    assertThat(patch("{\"deliver_at\":\"2099-01-02T03:04:05.6779Z\"}").text("deliver_at"))
        .isEqualTo(TIME);
  }

  @Test
  void computedTime_isTheLastPossibleAtMost() {
    Answer answer =
        send("\"deliver_at\":\"2099-12-31T00:00:00Z\",\"expires_after\":\"2d\"").hasStatus(202);

    assertThat(answer.text("expires_at")).isEqualTo("2099-12-31T23:59:59.999Z");
  }

  @Test
  void eventWithAnIdempotencyKey_keepsItsTimes() {
    Answer answer =
        server.call(
            server
                .request("/events")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "e-1")
                .POST(
                    BodyPublishers.ofString(
                        "{\"payload\":1,\"delay\":\"1h\",\"expires_after\":\"1h\"}")));

    answer.hasStatus(202);
    assertThat(answer.json().has("deliver_at")).isTrue();
    assertThat(answer.json().has("expires_at")).isTrue();
  }

  @Test
  void editedReplay_beginsAtOnceAndDoesNotExpire() {
    send("\"deliver_at\":\"" + TIME + "\",\"expires_after\":\"1h\"").hasStatus(202);

    JsonNode made =
        server
            .post("/events/e-1/replay", "application/json", "{\"payload\":2}")
            .hasStatus(202)
            .json();

    assertThat(made.has("deliver_at")).isFalse();
    assertThat(made.has("expires_at")).isFalse();
    server.method("POST", "/events/" + made.path("event_id").asText() + "/cancel").hasStatus(202);
  }
}
