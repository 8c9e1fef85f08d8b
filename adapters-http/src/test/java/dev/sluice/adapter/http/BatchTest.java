package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BatchTest {

  private static final int MAX_BATCH = 50;
  private static TestServer server;

  @BeforeAll
  static void start() {
    var limits =
        new HttpSettings.Limits(
            1_000,
            MAX_BATCH,
            20_000,
            1 << 20,
            1 << 20,
            100,
            java.time.Duration.ofSeconds(30),
            0,
            1);
    server = TestServer.start(Setup.USUAL.withLimits(limits));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String events(String prefix, int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> "{\"event_id\":\"" + prefix + number + "\",\"payload\":" + number + "}")
        .collect(Collectors.joining(",", "[", "]"));
  }

  @Test
  void array_isAcceptedOneByOne() {
    Answer answer = server.post(events("plain-", 3)).hasStatus(202);

    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.json())
        .isEqualTo(
            Answer.read(
                """
                {"accepted":3,"duplicates":0,"rejected":0,"refused":0,"complete":true,"results":[
                {"index":0,"event_id":"plain-0","outcome":"accepted","subscriptions":["default"]},
                {"index":1,"event_id":"plain-1","outcome":"accepted","subscriptions":["default"]},
                {"index":2,"event_id":"plain-2","outcome":"accepted","subscriptions":["default"]}]}
                """));
    server.await("plain-2", "completed");
  }

  @Test
  void mixedArray_tellsTheResultOfEach() {
    server.post("{\"event_id\":\"taken\",\"payload\":1}");

    JsonNode answer =
        server
            .post(
                """
                [{"event_id":"new","payload":1}, {"event_id":"taken","payload":1},
                 {"event_id":"taken","payload":2}, {"event_id":"bad"}, 7, {"payload":1}]
                """)
            .hasStatus(202)
            .json();

    assertThat(answer.path("accepted").asInt()).isEqualTo(2);
    assertThat(answer.path("duplicates").asInt()).isEqualTo(1);
    assertThat(answer.path("rejected").asInt()).isEqualTo(3);
    assertThat(answer.path("results").findValuesAsText("outcome"))
        .containsExactly("accepted", "duplicate", "rejected", "rejected", "rejected", "accepted");
    assertThat(answer.path("results").findValuesAsText("index"))
        .containsExactly("0", "1", "2", "3", "4", "5");
    assertThat(answer.path("results").findValuesAsText("code"))
        .containsExactly("event_id_conflict", "invalid_event", "invalid_event");
    assertThat(answer.at("/results/3/problem/errors/0/pointer").asText()).isEqualTo("/payload");
    assertThat(answer.at("/results/5/event_id").asText()).isNotBlank();
  }

  @Test
  void idTwiceInOneArray_isStoredOnce() {
    JsonNode answer =
        server
            .post("[{\"event_id\":\"twin\",\"payload\":1},{\"event_id\":\"twin\",\"payload\":1}]")
            .json();

    assertThat(answer.path("results").findValuesAsText("outcome"))
        .containsExactly("accepted", "duplicate");
  }

  @Test
  void onlyDuplicates_areAccepted() {
    server.post(events("again-", 2));

    Answer answer = server.post(events("again-", 2)).hasStatus(202);

    assertThat(answer.json().path("duplicates").asInt()).isEqualTo(2);
  }

  @Test
  void fullBatch_isAcceptedAndOneMoreIsRefused() {
    server.post(events("full-", MAX_BATCH)).hasStatus(202);
    long before = server.stored();

    server.post(events("over-", MAX_BATCH + 1)).isProblem(413, "payload_too_large");
    assertThat(server.stored()).isEqualTo(before);
  }

  @Test
  void emptyArray_isRefused() {
    Answer answer = server.post(" [ ] ").isProblem(400, "invalid_batch");

    assertThat(answer.json().path("results")).isEmpty();
  }

  @Test
  void nothingUsable_isRefusedWithResults() {
    Answer answer = server.post("[{}, 1]").isProblem(400, "invalid_batch");

    assertThat(answer.json().path("rejected").asInt()).isEqualTo(2);
    assertThat(answer.json().at("/results/1/problem/code").asText()).isEqualTo("invalid_event");
  }

  @Test
  void overLongElement_isRefusedAlone() {
    String large = "{\"event_id\":\"large\",\"payload\":\"" + "x".repeat(1_000) + "\"}";

    JsonNode answer = server.post("[" + large + ",{\"payload\":1}]").hasStatus(202).json();

    assertThat(answer.path("results").findValuesAsText("outcome"))
        .containsExactly("rejected", "accepted");
    server.get("/events/large").isProblem(404, "not_found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"event_id\":\"never\",\"payload\":1},]",
        "[{\"event_id\":\"never\",\"payload\":1}",
        "[{\"event_id\":\"never\",\"payload\":1}] x",
        "[{\"event_id\":\"never\",\"payload\":1}][]",
        "[{\"event_id\":\"never\",\"payload\":1} {\"payload\":1}]",
        "[{\"event_id\":\"never\",\"payload\":1},{\"payload\":1;}]"
      })
  void brokenArray_storesNothing(String body) {
    server.post(body).isProblem(400, "invalid_json");

    server.get("/events/never").isProblem(404, "not_found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"payload\":1,\"payload\":2}",
        "{\"payload\":1,\"occurred_at\":1e99999999999}",
        "{\"payload\":1,\"key\":\"\\udfaa\"}"
      })
  void unusableElement_isRejectedAlone(String element) {
    String body = "[{\"payload\":1}," + element + ",{\"payload\":1}]";

    JsonNode answer = server.post(body).hasStatus(202).json();

    assertThat(answer.path("results").findValuesAsText("outcome"))
        .containsExactly("accepted", "rejected", "accepted");
  }

  @Test
  void nestingInAnArray_isAllowedAsDeepAsAlone() {
    String deep = "[".repeat(63) + "]".repeat(63);

    server.post("{\"payload\":" + deep + "}").hasStatus(202);
    server.post("[{\"payload\":" + deep + "}]").hasStatus(202);
    server.post("[{\"payload\":[" + deep + "]}]").isProblem(400, "invalid_json");
  }

  @Test
  void overLargeArray_isRefused() {
    String body = "[{\"payload\":\"" + "x".repeat(20_000) + "\"}]";

    server.post(body).isProblem(413, "payload_too_large");
  }
}
