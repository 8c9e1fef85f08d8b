package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.contract.Eventually;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `/stats`, `/stats/series` and `/nodes`.
final class FigureRoutesTest {

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    server.post("{\"event_id\":\"f-1\",\"type\":\"figure\",\"payload\":1}").hasStatus(202);
    server.await("f-1", "completed");
    // Stopping writes the current slice to the history; the service itself keeps running.
    Eventually.holds(
        "it is counted",
        () -> server.application().useCases().statistics().totals().completed() == 1);
    server.application().useCases().figures().finishHistory();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Answer getWith(String path, String tag) {
    return server.call(server.request(path).header("If-None-Match", tag));
  }

  @Test
  void stats_tellWhenAndOfHowManyNodes() {
    JsonNode stats = server.get("/stats").hasStatus(200).json();

    assertThat(stats.path("nodes").asInt()).isEqualTo(1);
    assertThat(Instant.parse(stats.path("as_of").asText()))
        .isBetween(Instant.now().minus(Duration.ofMinutes(1)), Instant.now());
    assertThat(stats.at("/subscriptions/default/completed").asInt()).isPositive();
    assertThat(stats.at("/subscriptions/default/accepted").asInt()).isPositive();
  }

  /// Rates change for a while after an event, so the tag of one request may be stale at the next.
  @ParameterizedTest
  @ValueSource(strings = {"/stats", "/stats/series?from=-2h&step=1h", "/nodes"})
  void whatAClientHas_isNotSentAgain(String path) {
    Eventually.holds(
        path + " is not modified",
        () -> getWith(path, server.get(path).hasStatus(200).header("ETag")).status() == 304);

    Answer first = server.get(path);
    assertThat(first.header("ETag")).matches("(W/)?\"[0-9a-f]{24}\"");
    assertThat(first.header("Cache-Control")).isEqualTo("no-cache");
    assertThat(getWith(path, "*").hasStatus(304).body()).isEmpty();
    assertThat(getWith(path, "*").header("ETag")).isNotEmpty();
    getWith(path, "\"other\", W/\"another\"").hasStatus(200);
  }

  @Test
  void tagChanges_whenSomethingHappens() {
    String before = server.get("/stats").header("ETag");
    server.post("{\"payload\":1}").hasStatus(202);

    Eventually.holds("it changes", () -> !server.get("/stats").header("ETag").equals(before));
  }

  @Test
  void node_tellsOfItself() {
    JsonNode answer = server.get("/nodes").hasStatus(200).json();

    assertThat(answer.fieldNames()).toIterable().containsExactly("as_of", "nodes");
    assertThat(answer.path("nodes")).hasSize(1);
    JsonNode node = answer.at("/nodes/0");
    assertThat(node.path("id").asText()).isEqualTo("worker-1");
    assertThat(node.path("this").asBoolean()).isTrue();
    assertThat(node.path("state").asText()).isEqualTo("active");
    assertThat(node.path("version").asText()).isEqualTo("test");
    assertThat(node.path("slots").asInt()).isEqualTo(16);
    assertThat(node.path("storage").asText()).isEqualTo("memory");
    assertThat(node.path("durability").asText()).isEqualTo("memory");
  }

  @Test
  void series_tellsWhatHappened() {
    JsonNode series = server.get("/stats/series?from=-2h&step=1h").hasStatus(200).json();

    assertThat(series.path("step_seconds").asInt()).isEqualTo(3_600);
    assertThat(series.path("points").size()).isBetween(2, 3);
    JsonNode gap = series.at("/points/0");
    assertThat(gap.path("accepted").isNull()).isTrue();
    assertThat(gap.path("backlog").isNull()).isTrue();
    assertThat(gap.path("accept_time").isNull()).isTrue();
    JsonNode last = series.path("points").get(series.path("points").size() - 1);
    assertThat(last.path("backlog").asInt()).isNotNegative();
    assertThat(last.at("/handler_time/p99").asDouble()).isNotNegative();
    assertThat(Instant.parse(last.path("at").asText()).getEpochSecond() % 3_600).isZero();
  }

  @Test
  void seriesOfAType_hasRatesOnly() {
    JsonNode series = server.get("/stats/series?from=-2h&step=1h&type=figure").json();

    JsonNode last = series.path("points").get(series.path("points").size() - 1);
    assertThat(last.fieldNames())
        .toIterable()
        .containsExactly("at", "accepted", "completed", "failed", "retried");
    assertThat(last.path("completed").isNumber()).isTrue();
  }

  @Test
  void seriesOfASubscription_hasItsRates() {
    JsonNode series =
        server.get("/stats/series?from=-10m&step=10s&subscription=default").hasStatus(200).json();

    assertThat(series.path("among_others").asBoolean(true)).isFalse();
    assertThat(series.at("/points/0").fieldNames())
        .toIterable()
        .containsExactly("at", "accepted", "completed", "failed", "retried");
    assertThat(series.path("points"))
        .anySatisfy(point -> assertThat(point.path("completed").asDouble()).isPositive());
  }

  @Test
  void seriesOfASubscriptionThatDidNothing_isZeroAsOfAType() {
    JsonNode series = server.get("/stats/series?from=-2h&step=1h&subscription=none").json();

    JsonNode last = series.path("points").get(series.path("points").size() - 1);
    assertThat(last.path("completed").asDouble(1)).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          from=-5m|10
          from=-5m&to=now&step=30|30
          from=-24h|180
          from=-7d|1800
          from=-7d&to=-6d&step=10m|600
          step=1m|60
          """)
  void range_isTakenInAllItsForms(String query, int step) {
    JsonNode series = server.get("/stats/series?" + query).hasStatus(200).json();

    assertThat(series.path("step_seconds").asInt()).isEqualTo(step);
  }

  @Test
  void times_areTakenAsRfc3339AndAsSeconds() {
    Instant from = Instant.now().minusSeconds(600);
    String query = "?from=" + from.getEpochSecond() + "&to=" + from.plusSeconds(60);

    assertThat(server.get("/stats/series" + query).hasStatus(200).json().path("points").size())
        .isBetween(6, 7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          step=5|step
          step=0|step
          step=x|step
          step=-10s|step
          step=99999999d|step
          from=-24h&step=10s|step
          from=-2d&to=-1d&step=1m|step
          from=yesterday|from
          from=-|from
          from=1970-01-01T00:00:00Z|from
          from=-1h&to=-2h|to
          to=%20|to
          type=%20|type
          subscription=Billing|subscription
          subscription=default&type=figure|subscription
          colour=red|colour
          step=10&step=20|step
          """)
  void rangeThatMakesNoSense_isRefused(String query, String parameter) {
    Answer answer = server.get("/stats/series?" + query).isProblem(400, "invalid_query");

    assertThat(answer.pointers()).containsExactly(parameter);
  }
}
