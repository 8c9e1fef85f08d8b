package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.application.NodeRole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Events with a priority, over HTTP. The node processes none.
final class PriorityHttpTest {

  private final TestServer server = TestServer.start(Setup.USUAL.withRole(NodeRole.API));

  /// A node waits a while for unfinished deliveries before it stops.
  @AfterEach
  void close() {
    for (String id : new String[] {"e-1", "e-2", "e-3"}) {
      server.method("POST", "/events/" + id + "/cancel");
    }
    server.close();
  }

  private Answer send(String id, String priority) {
    return server.post("{\"event_id\":\"" + id + "\",\"payload\":1,\"priority\":" + priority + "}");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 6, 9})
  void priority_isShown(int priority) {
    JsonNode answer = send("e-1", String.valueOf(priority)).hasStatus(202).json();

    assertThat(answer.path("priority").isInt()).isTrue();
    assertThat(answer.path("priority").asInt()).isEqualTo(priority);
    JsonNode stored = server.get("/events/e-1").json();
    assertThat(stored.path("priority").asInt()).isEqualTo(priority);
    assertThat(stored.has("extensions")).isFalse();
    assertThat(server.get("/events").json().at("/0/priority").asInt()).isEqualTo(priority);
  }

  @Test
  void usualPriority_isNotShown() {
    assertThat(send("e-1", "5").hasStatus(202).json().has("priority")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10", "-1", "5.0", "5e0", "1.5", "\"9\"", "\"high\"", "true", "null", "[9]"})
  void anythingElse_isRefused(String priority) {
    Answer answer = send("e-1", priority).hasStatus(400);

    assertThat(answer.json().at("/errors/0/pointer").asText()).isEqualTo("/priority");
    assertThat(answer.json().at("/errors/0/detail").asText()).contains("0 to 9");
    server.get("/events/e-1").hasStatus(404);
  }

  @Test
  void sameEventWithAnotherPriority_isADuplicate() {
    send("e-1", "9").hasStatus(202);

    send("e-1", "1").hasStatus(409);

    assertThat(server.get("/events/e-1").json().path("priority").asInt()).isEqualTo(9);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {"7, 7", "'\"7\"', 7", "'\"high\"', 0", "77, 0", "true, 0"})
  void extensionOfACloudEvent_isThePriorityIfItIsADigit(String value, int priority) {
    JsonNode answer =
        server
            .post(
                "/events",
                "application/cloudevents+json",
                "{\"specversion\":\"1.0\",\"id\":\"e-1\",\"source\":\"s\",\"type\":\"t\","
                    + "\"data\":1,\"priority\":"
                    + value
                    + "}")
            .hasStatus(202)
            .json();

    assertThat(answer.path("priority").asInt()).isEqualTo(priority);
    assertThat(answer.at("/extensions/priority").toString()).isEqualTo(value);
  }

  @Test
  void explanation_countsWhatBeginsBefore() {
    send("e-1", "5").hasStatus(202);
    send("e-2", "0").hasStatus(202);
    send("e-3", "9").hasStatus(202);

    assertThat(ahead("e-2")).isEqualTo(2);
    assertThat(ahead("e-1")).isEqualTo(1);
    assertThat(ahead("e-3")).isZero();
  }

  private int ahead(String id) {
    return server.get("/events/" + id + "/explain").json().at("/deliveries/0/ahead").asInt(0);
  }
}
