package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where bulk replays put the deliveries of ordered subscriptions.
final class BulkPositionTest {

  private static final String JSON = "application/json";

  private final TestServer server = TestServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private JsonNode plan(String position) {
    return server
        .post(
            "/bulk/plan",
            JSON,
            "{\"action\":\"replay\",\"position\":\"" + position + "\",\"all\":true}")
        .hasStatus(200)
        .json();
  }

  @Test
  void planAndJob_sayThatTheyReplayToTheHeads() {
    JsonNode plan = plan("head");
    assertThat(plan.path("action").asText()).isEqualTo("replay");
    assertThat(plan.path("position").asText()).isEqualTo("head");

    String start = "{\"token\":\"" + plan.path("token").asText() + "\"}";
    String id = server.post("/bulk", JSON, start).hasStatus(202).text("id");

    assertThat(server.get("/bulk/" + id).json().path("position").asText()).isEqualTo("head");
    assertThat(server.get("/bulk/" + id).json().path("action").asText()).isEqualTo("replay");
  }

  @Test
  void replayToTheTail_saysNothing() {
    assertThat(plan("tail").has("position")).isFalse();
  }

  @Test
  void deadLetters_mayGoToTheHeadsToo() {
    JsonNode job =
        server
            .post("/dead-letters/replay", JSON, "{\"position\":\"head\",\"all\":true}")
            .hasStatus(202)
            .json();

    assertThat(job.path("position").asText()).isEqualTo("head");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"action\":\"replay\",\"position\":\"middle\"",
        "\"action\":\"replay\",\"position\":1",
        "\"action\":\"cancel\",\"position\":\"head\""
      })
  void otherPositions_areRefused(String wrong) {
    JsonNode problem =
        server
            .post("/bulk/plan", JSON, "{" + wrong + ",\"all\":true}")
            .isProblem(400, "invalid_filter")
            .json();

    assertThat(problem.at("/errors/0/pointer").asText()).isEqualTo("/position");
  }
}
