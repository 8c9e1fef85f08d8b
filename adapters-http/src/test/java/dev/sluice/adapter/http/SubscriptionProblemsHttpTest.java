package dev.sluice.adapter.http;

import static dev.sluice.adapter.http.SubscriptionCalls.ANY;
import static dev.sluice.adapter.http.SubscriptionCalls.eventsOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What keeps a subscription from being changed; each response matches its description.
final class SubscriptionProblemsHttpTest {

  private static final TestServer SERVER = TestServer.start();
  private static final SubscriptionCalls CALLS = new SubscriptionCalls(SERVER);

  @BeforeEach
  void store() {
    CALLS.put("stored", eventsOf("stored"));
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void olderVersion_isNotOverwritten() {
    String old = CALLS.get("stored").header("ETag");
    CALLS.patch("stored", "{\"description\":\"" + old.replace("\"", "") + "\"}").hasStatus(200);

    for (Answer answer :
        List.of(
            CALLS.put("stored", ANY, "If-Match", old),
            CALLS.patch("stored", "{}", "If-Match", old),
            CALLS.delete("stored", "", "If-Match", old))) {
      assertThat(answer.isProblem(412, "precondition_failed").text("detail"))
          .contains("it is at version " + CALLS.get("stored").text("version") + " by anonymous");
    }
    String now = CALLS.get("stored").header("ETag");
    CALLS.put("stored", eventsOf("stored"), "If-Match", now).hasStatus(200);
  }

  @Test
  void existingSubscription_isNotCreated() {
    CALLS
        .put("stored", eventsOf("stored"), "If-None-Match", "*")
        .isProblem(412, "precondition_failed");
    CALLS.put("only-new", ANY, "If-None-Match", "*").hasStatus(201);
  }

  @Test
  void missingSubscription_hasNoVersion() {
    Answer answer = CALLS.put("missing", ANY, "If-Match", "\"1\"");

    assertThat(answer.isProblem(412, "precondition_failed").text("detail"))
        .contains("it does not exist");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "If-Match|17",
        "If-Match|*",
        "If-Match|W/\"17\"",
        "If-Match|\"17\", \"18\"",
        "If-Match|\"-1\"",
        "If-Match|\"99999999999999999999\"",
        "If-None-Match|\"17\""
      })
  void malformedTag_isRefused(String header, String value) {
    for (Answer answer :
        List.of(
            CALLS.put("stored", ANY, header, value),
            CALLS.patch("stored", "{}", header, value),
            CALLS.delete("stored", "", header, value))) {
      assertThat(answer.isProblem(400, "invalid_header").pointers()).containsExactly(header);
    }
  }

  @Test
  void bothPreconditions_areRefused() {
    CALLS
        .put("stored", ANY, "If-Match", "\"1\"", "If-None-Match", "*")
        .isProblem(400, "invalid_header");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|/types /destination",
        "[]|``",
        "{\"types\":[],\"destination\":{\"kind\":\"log\"}}|/types",
        "{\"types\":[\"a\",1],\"destination\":{\"kind\":\"log\"}}|/types/1",
        "{\"types\":[\"*\"],\"destination\":\"log\"}|/destination",
        "{\"types\":[\"*\"],\"destination\":{}}|/destination/kind",
        "{\"types\":[\"*\"],\"destination\":{\"kind\":\"pigeon\"}}|/destination/kind",
        "{\"types\":[\"*\"],\"destination\":{\"kind\":\"log\",\"url\":1}}|/destination/url",
        "{\"types\":[\"*\"],\"destination\":{\"kind\":\"log\"},\"colour\":1}|/colour",
        "{\"types\":[\"*\"],\"destination\":{\"kind\":\"log\"},\"version\":1}|/version",
        "{\"types\":[\"*\"],\"destination\":{\"kind\":\"log\"},\"name\":\"other\"}|/name",
        "{\"types\":[\"*\"],\"destination\":{\"kind\":\"log\"},\"name\":1}|/name",
        "{\"types\":[\"*\"],\"types\":[\"*\"],\"destination\":{\"kind\":\"log\"}}|/types",
        "{\"types\":[\"*\"],\"destination\":{\"kind\":\"log\"},\"filter\":1}|/filter",
        "{\"types\":[\"*\"],\"destination\":{\"kind\":\"log\"},\"timeout\":\"2h\"}|/timeout",
        "{\"types\":[\"*\"],\"destination\":{\"kind\":\"log\"},\"timeout\":15}|/timeout",
        "{\"types\":[\"*\"],\"destination\":{\"kind\":\"log\"},\"concurrency\":0}|/concurrency",
        "{\"types\":[\"*\"],\"destination\":{\"kind\":\"log\"},\"rate\":{\"burst\":1}}"
            + "|/rate/per_second",
        "{\"types\":[\"*\"],\"destination\":{\"kind\":\"log\"},"
            + "\"retry\":{\"base\":\"2h\",\"cap\":\"1h\",\"factor\":11}}|/retry/factor /retry/cap"
      })
  void wrongDefinition_isRefusedWithThePlaces(String body, String pointers) {
    Answer answer = CALLS.put("wrong", body).isProblem(400, "invalid_subscription");

    assertThat(String.join(" ", answer.pointers())).isEqualTo(pointers);
    CALLS.get("wrong").isProblem(404, "not_found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{", "{} {}", "{\"types\":[\"*\"],}", "\u0000"})
  void malformedBody_isRefused(String body) {
    CALLS.put("stored", body).isProblem(400, "invalid_json");
    CALLS.patch("stored", body).isProblem(400, "invalid_json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "1", "null", "{\"a\":1,\"a\":2}"})
  void patchThatIsNotOne_isRefused(String body) {
    CALLS.patch("stored", body).isProblem(400, "invalid_json");
  }

  @Test
  void unpairedSurrogates_areRefused() {
    String name = "{\"\\ud800\":1,\"types\":[\"*\"],\"destination\":{\"kind\":\"log\"}}";

    CALLS.put("stored", name).isProblem(400, "invalid_subscription");
    CALLS.patch("stored", name).hasStatus(400);
    CALLS.patch("stored", "{\"description\":\"\\ud800\"}").isProblem(400, "invalid_subscription");
    CALLS
        .patch("stored", "{\"destination\":{\"kind\":\"\\ud800\"}}")
        .isProblem(400, "invalid_subscription");
  }

  @Test
  void otherMediaTypes_areRefused() {
    Answer put = CALLS.call("PUT", "stored", "", "application/merge-patch+json", ANY);
    Answer patch = CALLS.call("PATCH", "stored", "", "text/plain", "{}");

    put.isProblem(415, "unsupported_media_type");
    assertThat(patch.isProblem(415, "unsupported_media_type").header("Accept-Patch"))
        .isEqualTo("application/merge-patch+json, application/json");
    CALLS
        .call("PATCH", "stored", "", "application/json; charset=utf-16", "{}")
        .isProblem(415, "unsupported_media_type");
    SERVER
        .post("/events", "application/merge-patch+json", "{\"payload\":1}")
        .isProblem(415, "unsupported_media_type");
  }

  @Test
  void largeBody_isRefused() {
    CALLS.put("stored", " ".repeat(70_000)).isProblem(413, "payload_too_large");
    CALLS.patch("stored", " ".repeat(70_000)).isProblem(413, "payload_too_large");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Upper", "a%20b", "a%2Fb", "%C3%A9", "a:b"})
  void nameThatBreaksTheRule_isRefused(String name) {
    CALLS.put(name, ANY).isProblem(400, "invalid_subscription");
    CALLS.get(name).isProblem(404, "not_found");
    CALLS.patch(name, "{}").isProblem(404, "not_found");
    CALLS.delete(name, "").isProblem(404, "not_found");
    SERVER.get("/subscriptions/" + name + "/versions").isProblem(404, "not_found");
  }

  @Test
  void longName_isRefused() {
    CALLS.put("x".repeat(65), ANY).isProblem(400, "invalid_subscription");
    CALLS.put("x".repeat(64), eventsOf("x")).hasStatus(201);
  }

  @Test
  void unknownSubscription_isNotFound() {
    CALLS.get("nobody").isProblem(404, "not_found");
    CALLS.patch("nobody", "{}").isProblem(404, "not_found");
    CALLS.delete("nobody", "?deliveries=cancel").isProblem(404, "not_found");
    SERVER.get("/subscriptions/nobody/versions").isProblem(404, "not_found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=0", "limit=1001", "limit=x", "limit=1&limit=2", "cursor=1"})
  void wrongPage_isRefused(String query) {
    SERVER.get("/subscriptions?" + query).isProblem(400, "invalid_query");
  }

  @Test
  void twoAdminsAtOnce_oneWins() {
    String tag = CALLS.put("race", eventsOf("race")).header("ETag");
    var calls = new ArrayList<CompletableFuture<Answer>>();
    for (int number = 0; number < 8; number++) {
      String body = eventsOf("race-" + number);
      calls.add(CompletableFuture.supplyAsync(() -> CALLS.put("race", body, "If-Match", tag)));
    }

    List<Integer> statuses = calls.stream().map(call -> call.join().status()).toList();

    assertThat(statuses).containsOnly(200, 412).containsOnlyOnce(200);
    assertThat(CALLS.versions("race")).hasSize(2);
  }

  @Test
  void patchesAtOnce_loseNothing() {
    CALLS.put("merged", eventsOf("merged")).hasStatus(201);
    var calls = new ArrayList<CompletableFuture<Answer>>();
    for (String member :
        List.of("\"concurrency\":5", "\"timeout\":\"3s\"", "\"description\":\"x\"")) {
      calls.add(CompletableFuture.supplyAsync(() -> CALLS.patch("merged", "{" + member + "}")));
    }
    calls.forEach(call -> call.join().hasStatus(200));

    Answer merged = CALLS.get("merged");

    assertThat(merged.json().path("concurrency").asInt()).isEqualTo(5);
    assertThat(merged.text("timeout")).isEqualTo("3s");
    assertThat(merged.text("description")).isEqualTo("x");
  }
}
