package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.contract.Eventually;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// An ordered subscription over HTTP, whose lanes dead letters block.
final class LanesHttpTest {

  private static final String LANES = "/subscriptions/ledger/lanes";

  private final TestServer server = TestServer.start();

  @BeforeEach
  void makeOrdered() {
    server
        .call(
            server
                .request("/subscriptions/ledger")
                .header("Content-Type", "application/json")
                .PUT(
                    BodyPublishers.ofString(
                        "{\"types\":[\"*\"],\"destination\":{\"kind\":\"demo\"},"
                            + "\"retry\":{\"max_retries\":0},"
                            + "\"ordering\":{\"by\":\"key\",\"on_failure\":\"block\"}}")))
        .hasStatus(201);
  }

  /// A node waits a while for unfinished deliveries before it stops.
  @AfterEach
  void close() {
    act("{\"action\":\"unblock\",\"blocked\":true}");
    server.close();
  }

  private void send(String id, String key, boolean fails) {
    server
        .post(
            "{\"event_id\":\"%s\",\"key\":\"%s\",\"payload\":{\"fail\":%s}}"
                .formatted(id, key, fails))
        .hasStatus(202);
  }

  private Answer act(String body) {
    return server.post(LANES, "application/json", body);
  }

  /// Blocks the lane `a` with `a-1`; `a-2` and `a-3` stand behind.
  private void block() {
    send("a-1", "a", true);
    server.await("a-1", "failed");
    send("a-2", "a", false);
    send("a-3", "a", false);
  }

  @Test
  void blockedLane_isShownAndHoldsUpNoOther() {
    block();
    send("b-1", "b", false);
    server.await("b-1", "completed");

    JsonNode lane = server.get(LANES + "?blocked=true").hasStatus(200).json().path(0);
    assertThat(lane.path("key").asText()).isEqualTo("a");
    assertThat(lane.path("blocked").asBoolean()).isTrue();
    assertThat(lane.path("head").asText()).isEqualTo("a-1");
    assertThat(lane.path("state").asText()).isEqualTo("failed");
    assertThat(lane.path("behind").asInt()).isEqualTo(2);
    assertThat(lane.at("/last_error/error").asText()).isNotEmpty();
    JsonNode one = server.get(LANES + "?key=a").hasStatus(200).json().path(0);
    assertThat(one.path("events_behind"))
        .extracting(JsonNode::asText)
        .containsExactly("a-2", "a-3");
  }

  @Test
  void subscription_saysHowManyOfItsLanesAreBlocked() {
    block();

    Eventually.holds("one lane is counted", () -> blockedLanes("/subscriptions/ledger") == 1);
    assertThat(server.get("/subscriptions").json())
        .filteredOn(one -> one.path("name").asText().equals("ledger"))
        .singleElement()
        .satisfies(one -> assertThat(one.path("blocked_lanes").asLong()).isOne());
    server.get("/subscriptions/default").hasStatus(200);
  }

  private long blockedLanes(String path) {
    return server.get(path).json().path("blocked_lanes").asLong();
  }

  @Test
  void deliveryBehind_saysWhatItWaitsFor() {
    block();

    JsonNode why = server.get("/events/a-3/explain").json();

    assertThat(why.at("/deliveries/0/reason").asText()).isEqualTo("lane_blocked");
    assertThat(why.at("/deliveries/0/lane/head").asText()).isEqualTo("a-1");
    assertThat(why.at("/deliveries/0/lane/ahead").asInt()).isEqualTo(1);
    assertThat(why.path("sentence").asText())
        .startsWith("Its lane \"a\" has been blocked since ")
        .contains("when event a-1 became a dead letter");
  }

  @Test
  void skippedHead_isDiscardedAndTheRestFollows() {
    block();

    act("{\"action\":\"skip\",\"key\":\"a\",\"head\":\"a-1\"}").hasStatus(200);

    server.await("a-3", "completed");
    assertThat(server.get("/events/a-1").text("status")).isEqualTo("cancelled");
    server.get(LANES + "?key=a").hasStatus(404);
  }

  @Test
  void unblockedLane_keepsItsDeadLetter() {
    block();

    act("{\"action\":\"unblock\",\"key\":\"a\"}").hasStatus(200);

    server.await("a-3", "completed");
    assertThat(server.get("/events/a-1").text("status")).isEqualTo("failed");
  }

  @Test
  void retriedHead_isAttemptedAgainBeforeTheRest() {
    block();

    act("{\"action\":\"retry\",\"key\":\"a\"}").hasStatus(200);

    Eventually.holds(
        "a second dead letter",
        () -> server.get("/events/a-1").json().at("/deliveries/0/attempts").size() == 2);
    server.await("a-1", "failed");
    assertThat(server.get("/events/a-2").text("status")).isEqualTo("received");
  }

  @Test
  void allBlockedLanes_changeWithOneRequest() {
    block();
    send("c-1", "c", true);
    server.await("c-1", "failed");

    JsonNode first =
        act("{\"action\":\"skip\",\"blocked\":true,\"limit\":1}").hasStatus(200).json();
    assertThat(first.path("changed").asInt()).isEqualTo(1);
    assertThat(first.path("blocked_left").asInt()).isEqualTo(1);
    JsonNode rest = act("{\"action\":\"skip\",\"blocked\":true}").hasStatus(200).json();
    assertThat(rest.path("blocked_left").asInt()).isZero();
    server.await("a-3", "completed");
  }

  @Test
  void headThatIsNoLongerThere_isNotSkipped() {
    block();

    Answer answer = act("{\"action\":\"skip\",\"key\":\"a\",\"head\":\"a-2\"}");

    answer.hasStatus(409);
    assertThat(answer.text("detail")).contains("a-1");
    assertThat(server.get("/events/a-2").text("status")).isEqualTo("received");
  }

  @Test
  void replayedEvent_goesWhereThePositionSays() {
    send("a-0", "a", false);
    server.await("a-0", "completed");
    block();

    server
        .post("/events/a-0/replay?position=head", "application/json", "{\"all\":true}")
        .hasStatus(202);

    assertThat(server.get(LANES + "?key=a").json().path(0).path("events_behind"))
        .extracting(JsonNode::asText)
        .containsExactly("a-0", "a-2", "a-3");
    server.post("/events/a-0/replay?position=top", "application/json", "{}").hasStatus(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                              | /action",
        "{\"action\":\"stop\",\"key\":\"a\"}             | /action",
        "{\"action\":\"skip\"}                           | /key",
        "{\"action\":\"skip\",\"key\":1}                 | /key",
        "{\"action\":\"skip\",\"key\":\"\\u0000\"}      | /key",
        "{\"action\":\"skip\",\"key\":\"a\",\"blocked\":true} | /blocked",
        "{\"action\":\"skip\",\"key\":\"a\",\"limit\":5} | /limit",
        "{\"action\":\"skip\",\"blocked\":\"yes\"}       | /blocked",
        "{\"action\":\"skip\",\"blocked\":true,\"head\":\"a-1\"} | /head",
        "{\"action\":\"skip\",\"key\":\"a\",\"head\":\"\"} | /head",
        "{\"action\":\"skip\",\"blocked\":true,\"limit\":501} | /limit",
        "{\"action\":\"skip\",\"key\":\"a\",\"why\":1}   | /why"
      })
  void wrongRequest_isRefusedWithAPointer(String body, String pointer) {
    Answer answer = act(body).hasStatus(400);

    assertThat(answer.json().path("errors"))
        .extracting(error -> error.path("pointer").asText())
        .contains(pointer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?blocked=yes",
        "?limit=0",
        "?limit=1001",
        "?key=a&limit=1",
        "?key=%00",
        "?key=",
        "?after=%00",
        "?key=a&key=b",
        "?colour=1"
      })
  void wrongQuery_isRefused(String query) {
    server.get(LANES + query).hasStatus(400);
  }

  @Test
  void lanesOfAnUnknownSubscription_areNotFound() {
    server.get("/subscriptions/nobody/lanes").hasStatus(404);
    server
        .post("/subscriptions/nobody/lanes", "application/json", "{\"action\":\"skip\"}")
        .hasStatus(404);
  }
}
