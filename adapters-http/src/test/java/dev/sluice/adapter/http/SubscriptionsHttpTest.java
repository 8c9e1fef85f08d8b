package dev.sluice.adapter.http;

import static dev.sluice.adapter.http.SubscriptionCalls.eventsOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.contract.Eventually;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Creating, changing and deleting subscriptions over the API; each response matches its
/// description.
final class SubscriptionsHttpTest {

  private static final String FULL =
      """
      {"description": "paid orders", "types": ["order.*", "invoice.paid"],
       "filter": {"payload":{"amount":[{"numeric":[">",100.5]}]}},
       "destination": {"kind": "log"},
       "retry": {"max_retries": 10, "base": "1s", "factor": 1.5, "cap": "1h", "max_age": "3d"},
       "timeout": "15s", "concurrency": 20, "rate": {"per_second": 50, "burst": 100}}
      """;
  private static final TestServer SERVER = TestServer.start();
  private static final SubscriptionCalls CALLS = new SubscriptionCalls(SERVER);

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void newSubscription_isReturnedAsItIsStored() {
    Answer answer = CALLS.put("full", FULL).hasStatus(201);

    JsonNode json = answer.json();
    assertThat(answer.header("ETag")).isEqualTo("\"" + json.path("version").asLong() + "\"");
    assertThat(json.path("name").asText()).isEqualTo("full");
    assertThat(json.path("state").asText()).isEqualTo("active");
    assertThat(json.path("origin").asText()).isEqualTo("api");
    assertThat(json.path("changed_by").asText()).isEqualTo("anonymous");
    assertThat(Instant.parse(json.path("changed_at").asText())).isBefore(Instant.MAX);
    assertThat(definitionOf(json)).isEqualTo(Answer.read(FULL));
    assertThat(json.path("max_retries").asInt()).isEqualTo(10);
    assertThat(json.path("retry_max_age_ms").asLong()).isEqualTo(259_200_000L);
    assertThat(SubscriptionCalls.withoutFigures(CALLS.get("full").json())).isEqualTo(json);
    assertThat(CALLS.get("full").header("ETag")).isEqualTo(answer.header("ETag"));
  }

  private static JsonNode definitionOf(JsonNode subscription) {
    List<String> names = DescribedApi.names(Answer.read(FULL));
    return ((ObjectNode) subscription).deepCopy().retain(names);
  }

  @Test
  void whatWasRead_canBeSentBack() {
    Answer made = CALLS.put("again", FULL).hasStatus(201);
    ObjectNode definition = (ObjectNode) definitionOf(CALLS.get("again").json());
    definition.put("name", "again");

    Answer answer = CALLS.put("again", definition.toString()).hasStatus(200);

    assertThat(answer.json()).isEqualTo(made.json());
  }

  @Test
  void replacement_isANewVersion() {
    Answer first = CALLS.put("replaced", eventsOf("a")).hasStatus(201);

    Answer second = CALLS.put("replaced", eventsOf("b")).hasStatus(200);

    assertThat(second.json().path("version").asLong())
        .isGreaterThan(first.json().path("version").asLong());
    assertThat(CALLS.versions("replaced").findValuesAsText("version"))
        .containsExactly(second.text("version"), first.text("version"));
  }

  @Test
  void sameDefinition_makesNoNewVersion() {
    Answer first = CALLS.put("same", eventsOf("a")).hasStatus(201);

    Answer second = CALLS.put("same", " " + eventsOf("a")).hasStatus(200);

    assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));
    assertThat(CALLS.versions("same")).hasSize(1);
  }

  @Test
  void patch_changesWhatItNamesAndLeavesTheRest() {
    CALLS.put("patched", FULL).hasStatus(201);

    JsonNode json =
        CALLS
            .patch("patched", "{\"retry\":{\"max_retries\":3,\"max_age\":null},\"rate\":null}")
            .hasStatus(200)
            .json();

    assertThat(json.at("/retry/max_retries").asInt()).isEqualTo(3);
    assertThat(json.at("/retry/base").asText()).isEqualTo("1s");
    assertThat(json.at("/retry/max_age").asText()).as("the default").isEqualTo("0s");
    assertThat(json.has("rate")).isFalse();
    assertThat(json.path("types")).hasSize(2);
    assertThat(json.path("filter")).isEqualTo(Answer.read(FULL).path("filter"));
  }

  @Test
  void patch_addsMembers() {
    CALLS.put("added", eventsOf("none")).hasStatus(201);

    JsonNode json =
        CALLS
            .call(
                "PATCH",
                "added",
                "",
                "application/json",
                "{\"name\":\"added\",\"description\":\"x\",\"retry\":{\"max_retries\":1,\"cap\":null}}")
            .hasStatus(200)
            .json();

    assertThat(json.path("description").asText()).isEqualTo("x");
    assertThat(json.at("/retry/max_retries").asInt()).isEqualTo(1);
  }

  @Test
  void patchWithoutEffect_makesNoNewVersion() {
    Answer made = CALLS.put("unpatched", eventsOf("none")).hasStatus(201);

    Answer answer = CALLS.patch("unpatched", "{\"description\":null}").hasStatus(200);

    assertThat(answer.header("ETag")).isEqualTo(made.header("ETag"));
  }

  @Test
  void patchThatBreaksTheSubscription_isRefused() {
    CALLS.put("whole", eventsOf("none")).hasStatus(201);

    Answer answer = CALLS.patch("whole", "{\"types\":null,\"destination\":{\"kind\":null}}");

    assertThat(answer.isProblem(400, "invalid_subscription").pointers())
        .containsExactlyInAnyOrder("/types", "/destination/kind");
    assertThat(CALLS.versions("whole")).hasSize(1);
  }

  @Test
  void deletedSubscription_isGoneAndKeepsItsHistory() {
    CALLS.put("deleted", eventsOf("never.sent")).hasStatus(201);

    Answer answer = CALLS.delete("deleted", "").hasStatus(200);

    assertThat(answer.text("state")).isEqualTo("finishing");
    assertThat(CALLS.get("deleted").text("state")).isEqualTo("finishing");
    CALLS.patch("deleted", "{\"description\":\"x\"}").isProblem(409, "state_conflict");
    CALLS.delete("deleted", "").hasStatus(200);
    assertThat(CALLS.versions("deleted").findValuesAsText("state"))
        .containsExactly("finishing", "active");
    CALLS.put("deleted", eventsOf("never.sent")).hasStatus(200);
    assertThat(CALLS.get("deleted").text("state")).isEqualTo("active");
  }

  @Test
  void unfinishedDeliveries_areAskedAbout() {
    CALLS.put("busy", eventsOf("busy")).hasStatus(201);
    SERVER.post("/subscriptions/busy/pause", "application/json", "{\"reason\":\"x\"}");
    CALLS.send("busy-1", "busy", "1");
    CALLS.send("busy-2", "busy", "1");

    Answer refused = CALLS.delete("busy", "").isProblem(409, "has_deliveries");

    assertThat(refused.json().path("deliveries").asInt()).isEqualTo(2);
    assertThat(refused.text("detail")).contains("(2)");
    assertThat(CALLS.get("busy").text("state")).isEqualTo("active");
    CALLS.delete("busy", "?deliveries=drop").isProblem(400, "invalid_query");
    assertThat(CALLS.delete("busy", "?deliveries=finish").text("state")).isEqualTo("finishing");
    SERVER.method("POST", "/subscriptions/busy/resume").hasStatus(200);
    SERVER.await("busy-1", "completed");
    SERVER.await("busy-2", "completed");
  }

  @Test
  void deliveriesOfADeletedSubscription_areCancelled() {
    CALLS.put("cancelled", eventsOf("cancelled")).hasStatus(201);
    SERVER.post("/subscriptions/cancelled/pause", "application/json", "{\"reason\":\"x\"}");
    CALLS.send("cancelled-1", "cancelled", "1");

    Answer answer = CALLS.delete("cancelled", "?deliveries=cancel").hasStatus(200);

    assertThat(answer.text("state")).isEqualTo("cancelling");
    SERVER.await("cancelled-1", "cancelled");
    CALLS.put("cancelled", eventsOf("none")).isProblem(409, "state_conflict");
    Eventually.holds("it is gone", () -> SERVER.get("/subscriptions/cancelled").status() == 404);
    assertThat(SERVER.get("/subscriptions/cancelled/versions").json().at("/0/state").asText())
        .isEqualTo("deleted");
    CALLS.put("cancelled", eventsOf("cancelled")).hasStatus(201);
    Eventually.holds(
        "the pause ended with it", () -> CALLS.get("cancelled").json().path("paused").isNull());
  }

  @Test
  void edits_areInTheActivityLog() {
    String version = CALLS.put("logged", eventsOf("none")).text("version");
    CALLS.patch("logged", "{\"description\":\"x\"}").hasStatus(200);
    CALLS.put("logged", "{}").hasStatus(400);
    CALLS.delete("logged", "?deliveries=cancel").hasStatus(200);

    JsonNode entries = SERVER.get("/activity?limit=4").hasStatus(200).json();

    assertThat(entries.findValuesAsText("action"))
        .containsExactly(
            "subscription.delete", "subscription.put", "subscription.put", "subscription.put");
    assertThat(entries.findValuesAsText("target")).containsOnly("logged");
    assertThat(entries.findValuesAsText("result"))
        .containsExactly("200", "400 invalid_subscription", "200", "201");
    assertThat(entries.at("/3/detail").asText()).isEqualTo("version " + version);
  }
}
