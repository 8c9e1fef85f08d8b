package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.Eventually;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DuplicateTest {

  private static final int CLIENTS = 64;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Answer keyed(String key, String json) {
    return server.call(
        server
            .request("/events")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(json)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"b\":[2,{\"c\":0.1}]}",
        "{\"b\":[2,{\"c\":0.1}],\"a\":1}",
        "{ \"a\" : 1 ,\n \"b\" : [ 2, {\"c\" : 0.1} ] }",
        "{\"a\":1.0,\"b\":[2e0,{\"c\":1E-1}]}"
      })
  void sameContent_isDuplicate(String payload) {
    server.post("{\"event_id\":\"same\",\"payload\":{\"a\":1,\"b\":[2,{\"c\":0.1}]}}");
    Answer first = server.await("same", "completed");

    Answer again = server.post("{\"event_id\":\"same\",\"payload\":" + payload + "}");

    again.isProblem(409, "duplicate_event");
    assertThat(again.header("Location")).isEqualTo("/events/same");
    assertThat(again.text("event_id")).isEqualTo("same");
    assertThat(again.text("status_of_event")).isEqualTo("completed");
    assertThat(again.text("received_at")).isEqualTo(first.text("received_at"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"event_id\":\"other\",\"type\":\"t\",\"source\":\"s\",\"payload\":{\"a\":2}}",
        "{\"event_id\":\"other\",\"type\":\"t\",\"source\":\"s\",\"payload\":\"{\\\"a\\\":1}\"}",
        "{\"event_id\":\"other\",\"type\":\"u\",\"source\":\"s\",\"payload\":{\"a\":1}}",
        "{\"event_id\":\"other\",\"type\":\"t\",\"source\":\"S\",\"payload\":{\"a\":1}}",
        "{\"event_id\":\"other\",\"type\":\"t\",\"payload\":{\"a\":1}}"
      })
  void otherContent_isConflict(String json) {
    server.post("{\"event_id\":\"other\",\"type\":\"t\",\"source\":\"s\",\"payload\":{\"a\":1}}");

    Answer again = server.post(json).isProblem(409, "event_id_conflict");

    assertThat(again.header("Location")).isEqualTo("/events/other");
    assertThat(server.get("/events/other").json().at("/payload/a").asInt()).isEqualTo(1);
  }

  @Test
  void repeatedKey_isAnsweredWithTheStoredEvent() {
    Answer first = keyed("key-1", "{\"payload\":{\"a\":1}}").hasStatus(202);

    Answer again = keyed("key-1", "{\"payload\":{\"a\":1.0}}").hasStatus(202);

    assertThat(first.eventId()).isEqualTo("key-1");
    assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(again.header("Location")).isEqualTo("/events/key-1");
    assertThat(again.text("received_at")).isEqualTo(first.text("received_at"));
  }

  @Test
  void keyOfOtherContent_isUnprocessable() {
    keyed("key-2", "{\"payload\":1}");

    Answer again = keyed("key-2", "{\"payload\":2}").isProblem(422, "idempotency_key_conflict");

    assertThat(again.header("Location")).isEqualTo("/events/key-2");
  }

  @Test
  void keyBesideAnId_decidesOnlyHowARepeatIsAnswered() {
    keyed("key-3", "{\"event_id\":\"own\",\"payload\":1}").hasStatus(202);

    Answer repeated = keyed("key-3", "{\"event_id\":\"own\",\"payload\":1}").hasStatus(202);
    assertThat(repeated.header("Idempotent-Replayed")).isEqualTo("true");
    server.get("/events/key-3").isProblem(404, "not_found");
  }

  @Test
  void invalidKey_isRefused() {
    Answer tooLong = keyed("k".repeat(256), "{\"payload\":1}").isProblem(400, "invalid_header");

    assertThat(tooLong.pointers()).containsExactly("Idempotency-Key");
  }

  @Test
  void racingClients_storeAndRunOnce() throws Exception {
    List<Answer> answers = race("race", false);

    assertThat(answers).extracting(Answer::status).containsOnlyOnce(202).containsOnly(202, 409);
    assertThat(answers.stream().filter(answer -> answer.status() == 409))
        .allSatisfy(answer -> answer.isProblem(409, "duplicate_event"));
    server.await("race", "completed");
    assertThat(server.handler().executions("race")).isEqualTo(1);
  }

  @Test
  void racingKeys_areAllAccepted() throws Exception {
    List<Answer> answers = race("race-key", true);

    assertThat(answers).extracting(Answer::status).containsOnly(202);
    assertThat(answers).filteredOn(a -> a.header("Idempotent-Replayed").isEmpty()).hasSize(1);
    Eventually.holds("it ran", () -> server.handler().executions("race-key") == 1);
  }

  private static List<Answer> race(String id, boolean byKey) throws Exception {
    Callable<Answer> client =
        byKey
            ? () -> keyed(id, "{\"payload\":1}")
            : () -> server.post("{\"event_id\":\"" + id + "\",\"payload\":1}");
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      return executor.invokeAll(IntStream.range(0, CLIENTS).mapToObj(_ -> client).toList()).stream()
          .map(DuplicateTest::answerOf)
          .toList();
    }
  }

  private static Answer answerOf(Future<Answer> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new AssertionError("no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
