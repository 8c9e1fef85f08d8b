package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.contract.Eventually;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OperatingTest {

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
  void release() {
    server.handler().release();
  }

  private static void deadLetter(String id, String members) {
    server
        .post("{\"event_id\":\"" + id + "\"," + members + ",\"payload\":{\"fail\":true}}")
        .hasStatus(202);
    server.await(id, "failed");
  }

  private static Answer replayAll(String body) {
    return server.post("/dead-letters/replay", "application/json", body);
  }

  @Test
  void failingEvent_isRetriedAndBecomesADeadLetter() {
    server.post("{\"event_id\":\"retry\",\"type\":\"r\",\"payload\":{\"retry\":true}}");

    JsonNode event = server.await("retry", "failed").json();

    assertThat(event.path("attempts").asInt()).isEqualTo(3);
    assertThat(event.at("/last_error/message").asText()).isEqualTo("not now");
    assertThat(event.at("/deliveries/0/attempts")).hasSize(3);
    assertThat(server.get("/dead-letters?type=r").json().at("/0/event_id").asText())
        .isEqualTo("retry");
  }

  @Test
  void replayedEvent_runsAgainWithItsHistory() {
    deadLetter("replay", "\"type\":\"once\"");

    Answer answer = server.method("POST", "/events/replay/replay").hasStatus(202);

    assertThat(answer.header("Location")).isEqualTo("/events/replay");
    assertThat(answer.text("status")).isEqualTo("received");
    Eventually.holds(
        "it failed again",
        () -> server.get("/events/replay").json().at("/deliveries/0/attempts").size() == 2);
  }

  @Test
  void completedEvent_canBeReplayed() {
    server.post("{\"event_id\":\"done\",\"payload\":1}");
    server.await("done", "completed");

    server.method("POST", "/events/done/replay").isProblem(409, "state_conflict");
    server.post("/events/done/replay", "application/json", "{\"all\":true}").hasStatus(202);

    Eventually.holds("it ran again", () -> server.handler().executions("done") == 2);
  }

  @Test
  void runningEvent_canNeitherBeReplayedNorCancelled() {
    server.handler().block();
    server.post("{\"event_id\":\"busy\",\"payload\":1}");
    server.await("busy", "processing");

    Answer replay = server.method("POST", "/events/busy/replay").isProblem(409, "state_conflict");
    Answer cancel = server.method("POST", "/events/busy/cancel").isProblem(409, "state_conflict");

    assertThat(replay.text("status_of_event")).isEqualTo("processing");
    assertThat(cancel.text("event_id")).isEqualTo("busy");
  }

  @Test
  void waitingEvent_canBeCancelled() {
    server.handler().block();
    // More events than workers, so that the last one has to wait.
    for (int number = 0; number < 17; number++) {
      server.post("{\"event_id\":\"queue-" + number + "\",\"payload\":1}").hasStatus(202);
    }
    Eventually.holds("workers are busy", () -> server.application().load().inFlight() == 16);

    Answer cancelled = server.method("POST", "/events/queue-16/cancel").hasStatus(202);

    assertThat(cancelled.text("status")).isEqualTo("cancelled");
    server.method("POST", "/events/queue-16/cancel").isProblem(409, "state_conflict");
    server.handler().release();
    server.await("queue-15", "completed");
    assertThat(server.handler().executions("queue-16")).isZero();
  }

  @Test
  void deadLetters_areReplayedByType() {
    deadLetter("type-1", "\"type\":\"bulk.a\"");
    deadLetter("type-2", "\"type\":\"bulk.b\"");

    JsonNode answer = replayAll("{\"event_type\":\"bulk.a\"}").hasStatus(202).json();

    assertThat(answer.path("replayed").asInt()).isEqualTo(1);
    assertThat(answer.path("complete").asBoolean()).isTrue();
    assertThat(answer.path("state").asText()).isEqualTo("finished");
    Eventually.holds("it ran", () -> server.handler().executions("type-1") == 2);
    assertThat(server.handler().executions("type-2")).isEqualTo(1);
  }

  @Test
  void deadLetters_areReplayedByKeyAndTime() {
    deadLetter("time-1", "\"key\":\"bulk\",\"occurred_at\":\"2026-01-01T00:00:00Z\"");
    deadLetter("time-2", "\"key\":\"bulk\",\"occurred_at\":\"2026-01-02T00:00:00Z\"");
    deadLetter("time-3", "\"key\":\"bulk\",\"occurred_at\":\"2026-01-03T00:00:00Z\"");

    JsonNode answer =
        replayAll("{\"key\":\"bulk\",\"start\":\"2026-01-02T00:00:00Z\",\"end\":1767312000}")
            .json();

    assertThat(answer.path("replayed").asInt()).isEqualTo(1);
    Eventually.holds("it ran", () -> server.handler().executions("time-2") == 2);
  }

  @Test
  void limit_leavesTheRest() {
    deadLetter("limit-1", "\"type\":\"limited\"");
    deadLetter("limit-2", "\"type\":\"limited\"");

    JsonNode answer = replayAll("{\"type\":\"limited\",\"limit\":1}").json();

    assertThat(answer.path("replayed").asInt()).isEqualTo(1);
    assertThat(answer.path("complete").asBoolean()).isFalse();
  }

  @Test
  void all_replaysEveryDeadLetter() {
    deadLetter("any", "\"type\":\"any\"");

    JsonNode answer = replayAll("{\"all\":true}").hasStatus(202).json();

    assertThat(answer.path("replayed").asInt()).isPositive();
    Eventually.holds("it ran", () -> server.handler().executions("any") == 2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                       | ''
          {"all":false}            | ''
          {"all":"yes","key":"k"}  | /all
          {"limit":5}              | ''
          {"type":5}               | /type
          {"event_type":""}        | /event_type
          {"key":[]}               | /key
          {"start":"noon","all":true} | /start
          {"end":null}             | /end
          {"type":"t","limit":0}   | /limit
          {"type":"t","limit":1.5} | /limit
          {"type":"t","limit":10001} | /limit
          {"status":"failed"}      | /status
          {"a/b~":1}               | /a~1b~0
          """)
  void wrongFilter_isNamed(String body, String pointer) {
    assertThat(replayAll(body).isProblem(400, "invalid_filter").pointers())
        .containsExactly(pointer);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = "''\n[]\n{\n{} x\n{\"a\":1,\"a\":1}")
  void brokenFilter_isRefused(String body) {
    replayAll(body).isProblem(400, "invalid_json");
  }

  @Test
  void overLargeFilter_isRefused() {
    replayAll("{\"key\":\"" + "k".repeat(70_000) + "\"}").isProblem(413, "payload_too_large");
  }

  @Test
  void stats_tellWhatHappened() {
    JsonNode before = server.get("/stats").hasStatus(200).json();
    server.post("{\"event_id\":\"counted\",\"type\":\"counted\",\"payload\":1}");
    server.await("counted", "completed");

    JsonNode after = server.get("/stats").json();

    Eventually.holds(
        "counts by status include it",
        () ->
            server.get("/stats").json().at("/events/completed").asLong()
                > before.at("/events/completed").asLong());
    Eventually.holds(
        "statistics include it",
        () -> server.get("/stats").json().at("/by_type/counted/completed").asInt() == 1);
    assertThat(after.at("/by_type/counted/accepted").asInt()).isEqualTo(1);
  }

  @Test
  void stats_haveTheirShape() {
    JsonNode stats = server.get("/stats").json();

    assertThat(stats.fieldNames())
        .toIterable()
        .containsExactly(
            "as_of",
            "nodes",
            "events",
            "backlog",
            "oldest_waiting_seconds",
            "in_flight",
            "worker_slots",
            "since",
            "totals",
            "by_type",
            "subscriptions",
            "rates_per_second",
            "latency_seconds");
    assertThat(stats.path("backlog").fieldNames())
        .toIterable()
        .containsExactly("total", "received", "processing", "retrying");
    assertThat(stats.path("rates_per_second").fieldNames())
        .toIterable()
        .containsExactly("10s", "1m", "5m");
    assertThat(stats.at("/latency_seconds/accept").fieldNames())
        .toIterable()
        .containsExactly("p50", "p95", "p99");
    assertThat(stats.path("worker_slots").asInt()).isEqualTo(16);
    assertThat(Instant.parse(stats.path("since").asText())).isBefore(Instant.now());
  }
}
