package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FailingStorageTest {

  private static FlakyStore store;
  private static TestServer server;

  @BeforeAll
  static void start() {
    FlakyStore.Server started = FlakyStore.startServer();
    server = started.server();
    store = started.store();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void mend() {
    store.breakDown(false);
    store.loseAnswers(false);
  }

  private static void assertUnavailable(Answer answer) {
    answer.isProblem(503, "store_unavailable");
    assertThat(answer.header("Retry-After")).isEqualTo("1");
  }

  @Test
  void event_isNeverAcknowledged() {
    store.breakDown(true);

    assertUnavailable(server.post("{\"event_id\":\"lost\",\"payload\":1}"));

    store.breakDown(false);
    server.get("/events/lost").isProblem(404, "not_found");
    server.post("{\"event_id\":\"lost\",\"payload\":1}").hasStatus(202);
  }

  @Test
  void unknownOutcome_isSafeToSendAgain() {
    store.loseAnswers(true);
    assertUnavailable(server.post("{\"event_id\":\"unknown\",\"payload\":1}"));
    store.loseAnswers(false);

    server.post("{\"event_id\":\"unknown\",\"payload\":1}").isProblem(409, "duplicate_event");
  }

  @Test
  void batch_isNeverAcknowledged() {
    store.breakDown(true);

    Answer answer = server.post("[{\"event_id\":\"b-1\",\"payload\":1},{\"payload\":2},{}]");

    assertUnavailable(answer);
    assertThat(answer.json().path("accepted").asInt()).isZero();
    assertThat(answer.json().path("results").findValuesAsText("code"))
        .containsExactly("store_unavailable", "store_unavailable", "invalid_event");
  }

  @Test
  void stream_isNeverAcknowledged() {
    store.breakDown(true);

    Answer answer =
        server.post("/events", "application/x-ndjson", "{\"payload\":1}\n".repeat(2_000));

    assertUnavailable(answer);
    assertThat(answer.json().path("rejected").asInt()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/events", "/events/x", "/dead-letters"})
  void reading_tellsThatTheStorageDoesNotAnswer(String path) {
    store.breakDown(true);

    assertUnavailable(server.get(path));
  }

  @Test
  void outage_isNotLoggedForEachRequest() {
    store.breakDown(true);

    try (LogCapture logs = LogCapture.start()) {
      for (int number = 0; number < 100; number++) {
        assertUnavailable(server.get("/events"));
      }

      assertThat(logs.messages("the storage does not answer")).hasSizeLessThan(50);
    }
  }

  /// Metrics are needed most when things fail.
  @ParameterizedTest
  @ValueSource(strings = {"/stats", "/nodes", "/metrics"})
  void figures_areShownAsTheyWere(String path) {
    store.breakDown(true);

    server.get(path).hasStatus(200);
  }

  @Test
  void service_livesButIsNotReady() {
    store.breakDown(true);

    Answer ready = server.get("/ready").hasStatus(503);

    assertThat(ready.json())
        .isEqualTo(
            Answer.read(
                "{\"status\":\"not ready\",\"ready\":false,\"reasons\":[\"storage does not"
                    + " answer\"]}"));
    server.get("/health").hasStatus(200);
    assertThat(server.get("/observe/health/ready").status()).isEqualTo(503);
    assertThat(server.get("/observe/health/live").status()).isIn(200, 204);
  }
}
