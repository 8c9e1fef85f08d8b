package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.http.StreamReader.Message;
import dev.sluice.application.stream.ChangeLog;
import dev.sluice.contract.Events;
import dev.sluice.contract.Eventually;
import dev.sluice.contract.Transitions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StreamTest {

  static final HttpSettings.Streams QUICK =
      new HttpSettings.Streams(20, Duration.ofMillis(20), Duration.ofMillis(200));

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(Setup.USUAL.withStreams(QUICK));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /// Opens a stream and waits for `hello`, so that no later change is missed.
  private static StreamReader opened(String query, String headers) {
    StreamReader stream = StreamReader.open(server, query, headers);
    assertThat(stream.next().name()).isEqualTo("hello");
    return stream;
  }

  private static ChangeLog log() {
    return server.application().useCases().changes();
  }

  private static void send(String id, String rest) {
    server.post("{\"event_id\":\"" + id + "\"" + rest + ",\"payload\":1}").hasStatus(202);
  }

  @Test
  void stream_beginsWithHello() {
    try (StreamReader stream = StreamReader.open(server)) {
      assertThat(stream.head())
          .startsWith("HTTP/1.1 200")
          .containsIgnoringCase("content-type: text/event-stream\n")
          .containsIgnoringCase("cache-control: no-store\n")
          .containsIgnoringCase("transfer-encoding: chunked\n");
      Message hello = stream.next();
      assertThat(hello.name()).isEqualTo("hello");
      assertThat(hello.fields()).containsEntry("retry", "2000");
      assertThat(hello.id()).isEqualTo(hello.text("position")).startsWith(log().epoch() + "-");
      assertThat(hello.data().path("resumed").asBoolean(true)).isFalse();
      assertThat(hello.data().path("heartbeat_ms").asInt()).isEqualTo(200);
    }
  }

  @Test
  void event_isSeenOnItsWay() {
    try (StreamReader stream = opened("?key=way", "")) {
      send("way-1", ",\"key\":\"way\",\"type\":\"order.paid\"");

      List<Message> changes = stream.changes(3);
      assertThat(changes)
          .extracting(change -> change.text("status"))
          .containsExactlyInAnyOrder("received", "processing", "completed");
      assertThat(changes)
          .allSatisfy(
              change -> {
                assertThat(change.text("event_id")).isEqualTo("way-1");
                assertThat(change.text("event_type")).isEqualTo("order.paid");
                assertThat(change.text("key")).isEqualTo("way");
                assertThat(change.text("subscription")).isEqualTo("default");
                assertThat(change.text("at")).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
                assertThat(change.id()).startsWith(log().epoch() + "-");
              });
      assertThat(changes)
          .filteredOn(change -> !change.text("status").equals("received"))
          .allSatisfy(
              change -> {
                assertThat(change.data().path("attempt").asInt()).isEqualTo(1);
                assertThat(change.text("worker")).isEqualTo("worker-1");
              });
    }
  }

  @Test
  void failure_isSeenWithItsError() {
    try (StreamReader stream = opened("?status=failed", "")) {
      server.post("{\"event_id\":\"dead-1\",\"payload\":{\"fail\":true}}").hasStatus(202);

      Message failed = stream.next("change");
      assertThat(failed.text("event_id")).isEqualTo("dead-1");
      assertThat(failed.data().path("error").path("error").asText()).isNotEmpty();
      assertThat(failed.data().path("error").path("message").asText()).isNotEmpty();
    }
  }

  @Test
  void deadLettersOfOneKind_areChosenByTheirFingerprint() {
    server.post("{\"event_id\":\"kind-1\",\"payload\":{\"fail\":true}}").hasStatus(202);
    server.await("kind-1", "failed");
    Eventually.holds(
        "there is a group", () -> !server.get("/dead-letters/groups").json().isEmpty());
    String kind = server.get("/dead-letters/groups").json().at("/0/fingerprint").asText();

    try (StreamReader stream = opened("?error=" + kind + "&attempts=2", "");
        StreamReader others = opened("?error=0000000000000000&status=failed", "")) {
      server.method("POST", "/events/kind-1/replay").hasStatus(202);

      Message failed = stream.next("change");
      assertThat(failed.text("event_id")).isEqualTo("kind-1");
      assertThat(failed.data().path("attempt").asInt()).isEqualTo(2);
      assertThat(failed.data().at("/error/fingerprint").asText()).isEqualTo(kind);
      assertThat(untilPlaceOf(failed, others)).noneMatch(other -> other.name().equals("change"));
    }
  }

  /// Returns the messages of a stream up to the position of another stream's message.
  private static List<Message> untilPlaceOf(Message message, StreamReader stream) {
    List<Message> said = new ArrayList<>();
    do {
      said.add(stream.next());
    } while (placeOf(said.getLast()) < placeOf(message));
    return said;
  }

  private static long placeOf(Message message) {
    return Long.parseLong(message.id().substring(message.id().lastIndexOf('-') + 1));
  }

  @Test
  void filters_chooseAsThoseOfLists() {
    try (StreamReader stream =
        opened("?type=a.b&event_type=a.c&status=received&subscription=default", "")) {
      send("f-1", ",\"type\":\"a.a\"");
      send("f-2", ",\"type\":\"a.b\"");
      send("f-3", ",\"type\":\"a.c\"");

      assertThat(stream.changes(2))
          .extracting(change -> change.text("event_id") + " " + change.text("status"))
          .containsExactly("f-2 received", "f-3 received");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?start=0",
        "?text=x",
        "?colour=red",
        "?status=done",
        "?subscription=No",
        "?limit=5"
      })
  void filterThatAChangeCannotTell_isRefused(String query) {
    server.get("/events/stream" + query).isProblem(400, "invalid_query");
  }

  @Test
  void quietStream_hasHeartbeatsWithThePlaceReached() {
    try (StreamReader stream = opened("?key=quiet", "")) {
      send("noise-1", "");
      String reached = log().epoch() + "-";

      Message heartbeat = stream.next();

      assertThat(heartbeat.fields()).containsEntry("", "heartbeat");
      assertThat(heartbeat.id()).startsWith(reached);
      assertThat(Long.parseLong(heartbeat.id().substring(reached.length()))).isPositive();
    }
  }

  @Test
  void lastEventId_goesOnWhereTheStreamEnded() {
    String last;
    try (StreamReader stream = opened("?type=resumed", "")) {
      accept("resumed", 3);
      last = stream.changes(2).getLast().id();
    }
    accept("resumed", 1_000);

    for (boolean isHeader : List.of(true, false)) {
      String query = "?type=resumed" + (isHeader ? "" : "&last_event_id=" + last);
      String header = isHeader ? "Last-Event-ID: " + last + "\r\n" : "";
      try (StreamReader stream = StreamReader.open(server, query, header)) {
        Message hello = stream.next();
        assertThat(hello.text("resumed")).isEqualTo("true");
        assertThat(hello.id()).isEqualTo(last);
        assertThat(IntStream.range(0, 1_001).mapToObj(_ -> stream.next()).toList())
            .allSatisfy(message -> assertThat(message.name()).isEqualTo("change"))
            .extracting(Message::id)
            .doesNotHaveDuplicates();
      }
    }
  }

  private static void accept(String type, int count) {
    var accepted = Transitions.accepted(Events.event("x", type, Events.event("x").occurredAt()), 1);
    IntStream.range(0, count).forEach(_ -> log().onTransition(accepted));
  }

  @ParameterizedTest
  @ValueSource(strings = {"other-1", "-", "x", "EPOCH-", "EPOCH--1", "EPOCH-99999999999999999999"})
  void lastEventIdOfAnotherLog_isAGapOfUnknownSize(String template) {
    String id = template.replace("EPOCH", log().epoch());
    try (StreamReader stream = StreamReader.open(server, "?last_event_id=" + id, "")) {
      assertThat(stream.next().text("resumed")).isEqualTo("false");
      Message lagged = stream.next();
      assertThat(lagged.name()).isEqualTo("lagged");
      assertThat(lagged.data().path("skipped").isNull()).isTrue();
      assertThat(lagged.text("reason")).isEqualTo("other_log");
    }
  }

  @Test
  void placeThatIsOverwritten_isAGapOfKnownSize() {
    long before = log().end();
    accept("flood", ChangeLog.CAPACITY + 10);

    String header = "Last-Event-ID: " + log().epoch() + "-" + before + "\r\n";
    try (StreamReader stream = StreamReader.open(server, "", header)) {
      Message lagged = stream.next("lagged");
      assertThat(lagged.data().path("skipped").asLong())
          .isGreaterThanOrEqualTo(ChangeLog.CAPACITY + 10L);
      assertThat(lagged.text("reason")).isEqualTo("too_old");
    }
  }

  @Test
  void moreThanATurnTakes_isToldAsSkipped() {
    try (StreamReader stream = opened("?type=many", "")) {
      accept("many", 60_000);

      long skipped = 0;
      long seen = 0;
      while (skipped + seen < 60_000) {
        Message message = stream.next();
        skipped += message.name().equals("lagged") ? message.data().path("skipped").asLong() : 0;
        seen += message.name().equals("change") ? 1 : 0;
      }
      assertThat(skipped).isPositive();
      assertThat(skipped + seen).isEqualTo(60_000);
      assertThat(server.get("/metrics").body())
          .contains("sluice_stream_changes_skipped_total")
          .doesNotContain("sluice_stream_changes_skipped_total{scope=\"application\"} 0.0");
    }
  }

  @Test
  void head_isAnsweredAndOver() {
    Answer answer = server.method("HEAD", "/events/stream").hasStatus(200);

    assertThat(answer.header("Content-Type")).isEqualTo("text/event-stream");
    assertThat(answer.body()).isEmpty();
    server.method("HEAD", "/events/stream?colour=red").hasStatus(400);
  }

  @Test
  void clientThatGoesAway_freesItsPlace() {
    StreamReader.open(server).close();

    Eventually.holds("no streams are open", () -> log().watchers() == 0);
  }

  @Test
  void eventNamedLikeTheStream_isFoundByAnotherSpelling() {
    Answer accepted = server.post("{\"event_id\":\"stream\",\"payload\":1}").hasStatus(202);

    assertThat(server.get(accepted.header("Location")).eventId()).isEqualTo("stream");
  }
}
