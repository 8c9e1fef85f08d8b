package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.contract.Eventually;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Bulk plans and jobs, dead letter groups, edited replays and their activity log, over HTTP.
final class BulkHttpTest {

  private static final String JSON = "application/json";
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void deadLetters(String type, int count) {
    for (int number = 1; number <= count; number++) {
      server.post(
          "{\"event_id\":\"%s-%d\",\"type\":\"%s\",\"payload\":{\"fail\":true}}"
              .formatted(type, number, type));
    }
    for (int number = 1; number <= count; number++) {
      server.await(type + "-" + number, "failed");
    }
  }

  private static JsonNode plan(String body) {
    return server.post("/bulk/plan", JSON, body).hasStatus(200).json();
  }

  private static JsonNode awaitEnd(String id) {
    Eventually.holds(
        id + " is over", () -> !server.get("/bulk/" + id).text("state").equals("running"));
    return server.get("/bulk/" + id).json();
  }

  private static JsonNode newestActivity() {
    return server.get("/activity?limit=1").hasStatus(200).json().get(0);
  }

  @Test
  void planForAll_showsTheFilterThatItCounted() {
    server.post("{\"event_id\":\"counted\",\"payload\":1}");
    server.await("counted", "completed");

    JsonNode plan = plan("{\"action\":\"replay\",\"all\":true}");

    assertThat(plan.path("filter")).isEmpty();
    assertThat(plan.path("count").asInt()).isGreaterThan(plan.path("qualifying").asInt());
  }

  @Test
  void planThenStart_replaysExactlyThePlan() {
    deadLetters("exact", 3);
    JsonNode plan = plan("{\"action\":\"replay\",\"filter\":{\"type\":\"exact\"}}");
    assertThat(plan.path("count").asInt()).isEqualTo(3);
    assertThat(plan.path("qualifying").asInt()).isEqualTo(3);
    assertThat(plan.at("/sample/0/event_id").asText()).isEqualTo("exact-3");
    assertThat(plan.path("filter")).isEqualTo(Answer.read("{\"event_type\":[\"exact\"]}"));

    String start = "{\"token\":\"" + plan.path("token").asText() + "\"}";
    Answer started = server.post("/bulk", JSON, start).hasStatus(202);

    assertThat(started.header("Location")).isEqualTo("/bulk/" + started.text("id"));
    JsonNode over = awaitEnd(started.text("id"));
    assertThat(over.path("state").asText()).isEqualTo("finished");
    assertThat(over.path("done").asInt()).isEqualTo(3);
    assertThat(over.at("/filter/status/0").asText()).isEqualTo("failed");
    Eventually.holds("they ran", () -> server.handler().executions("exact-1") == 2);
    Answer again = server.post("/bulk", JSON, start).isProblem(409, "plan_used");
    assertThat(again.header("Location")).isEqualTo("/bulk/" + started.text("id"));
    assertThat(server.get("/bulk").json().at("/0/id").asText()).isEqualTo(started.text("id"));
  }

  @Test
  void runningJob_isStopped() {
    deadLetters("stopped", 3);
    JsonNode plan = plan("{\"action\":\"discard\",\"filter\":{\"type\":\"stopped\"}}");
    String token = plan.path("token").asText();
    String id =
        server
            .post("/bulk", JSON, "{\"token\":\"" + token + "\",\"rate_per_second\":0.01}")
            .hasStatus(202)
            .text("id");

    assertThat(server.method("DELETE", "/bulk/" + id).hasStatus(200).text("state"))
        .isEqualTo("stopped");

    server.method("DELETE", "/bulk/" + id).isProblem(409, "state_conflict");
    assertThat(server.get("/bulk/" + id).json().path("done").asInt()).isLessThan(3);
    assertThat(newestActivity().path("result").asText()).isEqualTo("409 state_conflict");
  }

  @Test
  void unknownJobsAndPlans_areNotFound() {
    server.get("/bulk/bulk_1").isProblem(404, "not_found");
    server.method("DELETE", "/bulk/bulk_1").isProblem(404, "not_found");
    server.post("/bulk", JSON, "{\"token\":\"plan_1\"}").isProblem(404, "not_found");
    server.get("/bulk?limit=0").isProblem(400, "invalid_query");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                  | /action
          {"action":"replay"}                                 | ''
          {"action":"replay","filter":{}}                     | /filter
          {"action":"replay","filter":5,"all":true}           | /filter
          {"action":"erase","all":true}                       | /action
          {"action":"replay","filter":{"colour":"red"},"all":true} | /filter/colour
          {"action":"replay","filter":{"status":"dead"}}      | /filter/status
          {"action":"replay","filter":{"attempts":"many"}}    | /filter/attempts
          {"action":"replay","filter":{"error":"x"}}          | /filter/error
          {"action":"replay","filter":{"text":"x"}}           | /filter/text
          {"action":"replay","filter":{"start":5,"end":4}}    | /filter/end
          {"action":"replay","filter":{"type":[1]}}           | /filter/type
          {"action":"replay","filter":{"attempts":1e999999999}} | /filter/attempts
          {"action":"replay","filter":{"start":1e99999999999}} | /filter/start
          {"action":"replay","filter":{"key":"\\udfaa"}}      | /filter/key
          {"action":"replay","filter":{"type":["a","\\udfaa"]}} | /filter/type
          {"action":"replay","filter":{"text":"\\udfaa"}}     | /filter/text
          {"action":"replay","filter":{"key":"a\\nb"}}        | /filter/key
          {"action":"replay","limit":1,"all":true}            | /limit
          """)
  void wrongPlan_isNamed(String body, String pointer) {
    assertThat(server.post("/bulk/plan", JSON, body).isProblem(400, "invalid_filter").pointers())
        .contains(pointer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                     | /token
          {"token":5}                            | /token
          {"token":"x","rate_per_second":0}      | /rate_per_second
          {"token":"x","rate_per_second":"fast"} | /rate_per_second
          {"token":"x","rate":1}                 | /rate
          """)
  void wrongStart_isNamed(String body, String pointer) {
    assertThat(server.post("/bulk", JSON, body).isProblem(400, "invalid_filter").pointers())
        .containsExactly(pointer);
  }

  @Test
  void otherMediaTypes_areRefused() {
    server.post("/bulk/plan", "text/plain", "{}").isProblem(415, "unsupported_media_type");
    server.post("/bulk", JSON, "[]").isProblem(400, "invalid_json");
  }

  @Test
  void groups_tellOfLikeFailures() {
    deadLetters("grouped", 2);
    Eventually.holds(
        "there is a group", () -> !server.get("/dead-letters/groups").json().isEmpty());

    JsonNode group = server.get("/dead-letters/groups?limit=1").hasStatus(200).json().get(0);

    assertThat(group.path("count").asInt()).isGreaterThanOrEqualTo(2);
    assertThat(group.path("subscription").asText()).isEqualTo("default");
    assertThat(group.path("handler").asText()).isNotEmpty();
    assertThat(group.at("/trend/direction").asText()).isEqualTo("rising");
    String fingerprint = group.path("fingerprint").asText();
    assertThat(server.get("/dead-letters?type=grouped&error=" + fingerprint).json()).hasSize(2);
    assertThat(server.get("/events?error=0000000000000000").json()).isEmpty();
  }

  @Test
  void lists_filterBySubscriptionAttemptsAndText() {
    server.post("{\"event_id\":\"f-1\",\"type\":\"filtered\",\"payload\":{\"order\":4711}}");
    server.post("{\"event_id\":\"f-2\",\"type\":\"filtered\",\"payload\":{\"order\":4712}}");
    server.await("f-1", "completed");
    server.await("f-2", "completed");

    assertThat(server.get("/events?type=filtered&text=4711").json().findValuesAsText("event_id"))
        .containsExactly("f-1");
    assertThat(server.get("/events?type=filtered&subscription=default&attempts=1").json())
        .hasSize(2);
    assertThat(server.get("/events?type=filtered&subscription=other").json()).isEmpty();
    assertThat(server.get("/events?type=filtered&attempts=2..").json()).isEmpty();
    assertThat(server.get("/events?type=filtered&attempts=..1").json()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "text=x",
    "text=x&status=completed",
    "text=",
    "attempts=",
    "attempts=..",
    "attempts=3..2",
    "attempts=-1",
    "attempts=99999999999",
    "key=a%0Ab",
    "error=xyz",
    "subscription=%20",
    "text=a&text=b&type=t"
  })
  void wrongFilters_areRefused(String query) {
    server.get("/events?" + query).isProblem(400, "invalid_query");
  }

  @Test
  void editedReplay_makesANewEvent() {
    server.post(
        "{\"event_id\":\"old\",\"type\":\"edit\",\"key\":\"k\",\"payload\":{\"fail\":true}}");
    server.await("old", "failed");

    Answer answer =
        server.post("/events/old/replay", JSON, "{\"payload\":{\"amount\": 1.50}}").hasStatus(202);

    String id = answer.text("event_id");
    assertThat(id).isNotEqualTo("old");
    assertThat(answer.text("replay_of")).isEqualTo("old");
    assertThat(answer.header("Location")).isEqualTo("/events/" + id);
    JsonNode done = server.await(id, "completed").json();
    assertThat(done.path("key").asText()).isEqualTo("k");
    assertThat(done.path("event_type").asText()).isEqualTo("edit");
    assertThat(done.at("/payload/amount").decimalValue()).isEqualByComparingTo("1.5");
    assertThat(server.get("/events/old").text("status")).isEqualTo("failed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"payloads":1}           | invalid_filter
          {"payload":1,"type":"x"} | invalid_event
          []                       | invalid_json
          {"payload":}             | invalid_json
          """)
  void wrongEdit_isRefused(String body, String code) {
    server.post("{\"event_id\":\"edit-me\",\"payload\":1}");

    server.post("/events/edit-me/replay", JSON, body).isProblem(400, code);
    server.post("/events/unknown/replay", JSON, "{\"payload\":1}").isProblem(404, "not_found");
  }

  @Test
  void discardedDeadLetter_isCancelled() {
    deadLetters("discard", 1);

    assertThat(server.method("POST", "/events/discard-1/discard").hasStatus(202).text("status"))
        .isEqualTo("cancelled");

    server.method("POST", "/events/discard-1/discard").isProblem(409, "state_conflict");
    server.method("POST", "/events/unknown/discard").isProblem(404, "not_found");
  }

  @Test
  void everyChange_isTakenDown() {
    deadLetters("audit", 1);
    server.call(
        server
            .request("/events/audit-1/replay")
            .header("x-request-id", "my-request")
            .POST(java.net.http.HttpRequest.BodyPublishers.noBody()));

    JsonNode entry = newestActivity();

    assertThat(entry.path("actor").asText()).isEqualTo("anonymous");
    assertThat(entry.path("action").asText()).isEqualTo("event.replay");
    assertThat(entry.path("target").asText()).isEqualTo("audit-1");
    assertThat(entry.path("result").asText()).isEqualTo("202");
    assertThat(entry.path("request_id").asText()).isEqualTo("my-request");
    assertThat(entry.path("address").asText()).isEqualTo("127.0.0.1");
    server.method("POST", "/events/unknown/cancel").isProblem(404, "not_found");
    assertThat(newestActivity().path("result").asText()).isEqualTo("404 not_found");
    JsonNode check = server.get("/activity/verify").hasStatus(200).json();
    assertThat(check.path("intact").asBoolean()).isTrue();
    assertThat(check.path("last").asInt()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void change_isAnnouncedBeforeItIsMade() {
    server.method("POST", "/events/unknown/cancel").isProblem(404, "not_found");

    JsonNode entries = server.get("/activity?limit=2&announcements=true").hasStatus(200).json();

    assertThat(entries.at("/0/result").asText()).isEqualTo("404 not_found");
    assertThat(entries.at("/1/result").asText()).isEqualTo("begun");
    assertThat(entries.at("/1/action").asText()).isEqualTo("event.cancel");
    assertThat(entries.at("/1/target").asText()).isEqualTo("unknown");
    assertThat(entries.at("/1/request_id")).isEqualTo(entries.at("/0/request_id"));
    assertThat(server.get("/activity?limit=500").hasStatus(200).json().findValuesAsText("result"))
        .doesNotContain("begun");
    server.get("/activity?announcements=1").isProblem(400, "invalid_query");
  }

  @Test
  void activity_isReadPageByPage() {
    server.method("POST", "/events/unknown/cancel");
    server.method("POST", "/events/unknown/cancel");

    Answer first = server.get("/activity?limit=1&announcements=true").hasStatus(200);
    String link = first.header("Link");
    Answer second = server.get(link.substring(1, link.indexOf('>'))).hasStatus(200);

    assertThat(second.json().at("/0/number").asInt())
        .isEqualTo(first.json().at("/0/number").asInt() - 1);
    assertThat(second.json().at("/0/hash").asText())
        .isEqualTo(first.json().at("/0/previous_hash").asText());
    server.get("/activity?cursor=x").isProblem(400, "invalid_query");
  }
}
