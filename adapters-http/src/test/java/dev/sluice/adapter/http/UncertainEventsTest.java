package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.domain.event.EventId;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Events for which the service does not know, temporarily or permanently, whether they are stored.
final class UncertainEventsTest {

  private static final String DAMAGED = "{\"event_id\":\"damaged\",\"payload\":1}";
  private static final String BUSY = "{\"event_id\":\"busy\",\"payload\":1}";

  private static TestServer server;

  @BeforeAll
  static void start() {
    FlakyStore.Server started = FlakyStore.startServer();
    server = started.server();
    server.post(DAMAGED).hasStatus(202);
    server.await("damaged", "completed");
    started.store().damage(new EventId("damaged"));
    started.store().keepBusy(new EventId("busy"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void idOfADamagedEvent_isAnsweredAsSuch() {
    Answer answer = server.post(DAMAGED).isProblem(500, "event_damaged");

    assertThat(answer.text("event_id")).isEqualTo("damaged");
    assertThat(answer.text("status_of_event")).isEqualTo("completed");
    assertThat(answer.text("detail")).contains("restore a backup");
    assertThat(answer.header("Location")).isEqualTo("/events/damaged");
    assertThat(answer.header("Retry-After")).isEmpty();
  }

  @Test
  void damagedEvent_isNotShown() {
    server.get("/events/damaged").isProblem(500, "event_damaged");
  }

  @Test
  void idThatAnotherRequestStores_isWelcomeAgain() {
    Answer answer = server.post(BUSY).isProblem(503, "event_id_busy");

    assertThat(answer.header("Retry-After")).isEqualTo("1");
  }

  @Test
  void keyThatStandsForSuchAnId_isAnsweredAlike() {
    keyed("damaged").isProblem(500, "event_damaged");
    keyed("busy").isProblem(503, "event_id_busy");
  }

  private static Answer keyed(String key) {
    return server.call(
        server
            .request("/events")
            .headers("Content-Type", "application/json", "Idempotency-Key", key)
            .POST(BodyPublishers.ofString("{\"payload\":1}")));
  }

  /// One uncertain event does not affect the others.
  @Test
  void batch_hasAResultForEach() {
    Answer answer =
        server
            .post("[" + DAMAGED + ",{\"event_id\":\"good-1\",\"payload\":1}," + BUSY + "]")
            .hasStatus(202);

    assertResults(answer);
    assertThat(answer.json().path("accepted").asInt()).isEqualTo(1);
    server.await("good-1", "completed");
  }

  @Test
  void stream_goesOnAfterBoth() {
    Answer answer =
        server
            .post(
                "/events",
                "application/x-ndjson",
                DAMAGED + "\n{\"event_id\":\"good-2\",\"payload\":1}\n" + BUSY + "\n")
            .hasStatus(202);

    assertResults(answer);
    server.await("good-2", "completed");
  }

  private static void assertResults(Answer answer) {
    JsonNode json = answer.json();
    assertThat(json.path("results").findValuesAsText("outcome"))
        .containsExactly("rejected", "accepted", "rejected");
    assertThat(json.path("results").findValuesAsText("code"))
        .containsExactly("event_damaged", "event_id_busy");
    assertThat(json.path("rejected").asInt()).isEqualTo(2);
    assertThat(json.path("refused").asInt()).isEqualTo(1);
    assertThat(json.path("complete").asBoolean()).isFalse();
    assertThat(answer.header("Retry-After")).isEqualTo("1");
  }

  @Test
  void batchOfNothingElse_isAnsweredWithWhatMaySucceedLater() {
    Answer answer = server.post("[" + DAMAGED + "," + BUSY + "]").isProblem(503, "event_id_busy");

    assertThat(answer.header("Retry-After")).isEqualTo("1");
    server.post("[" + DAMAGED + "]").isProblem(400, "invalid_batch");
  }
}
