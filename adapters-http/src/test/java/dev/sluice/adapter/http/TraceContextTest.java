package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.event.Attributes;
import dev.sluice.format.TraceContext;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Events get the trace context of their request, in every format, unless they have one.
final class TraceContextTest {

  private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  private static final String OWN = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";
  private static final String CLOUD_EVENT =
      "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/s\",\"type\":\"t\"}";

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Answer post(String contentType, String parent, String body) {
    return server
        .call(
            server
                .request("/events")
                .header("Content-Type", contentType)
                .header("traceparent", parent)
                .header("tracestate", "a=1")
                .header("tracestate", "b=2")
                .POST(BodyPublishers.ofString(body)))
        .hasStatus(202);
  }

  private static void assertTraced(String id, String parent) {
    Answer event = server.get("/events/" + id).hasStatus(200);

    assertThat(event.text("traceparent")).isEqualTo(parent);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          application/json               | {"event_id":"tc-one","payload":1}   | tc-one
          application/json               | [{"event_id":"tc-list","payload":1}] | tc-list
          application/x-ndjson           | {"event_id":"tc-line","payload":1}  | tc-line
          """)
  void eventWithoutTrace_getsThatOfItsRequest(String contentType, String body, String id) {
    post(contentType, PARENT, body);

    assertTraced(id, PARENT);
    assertThat(server.get("/events/" + id).text("tracestate")).isEqualTo("a=1, b=2");
  }

  @Test
  void cloudEventWithoutTrace_getsThatOfItsRequest() {
    post("application/cloudevents+json", PARENT, CLOUD_EVENT.formatted("tc-ce"));
    post("application/cloudevents-batch+json", PARENT, "[" + CLOUD_EVENT.formatted("tc-ces") + "]");
    server
        .call(
            server
                .request("/events")
                .header("ce-specversion", "1.0")
                .header("ce-id", "tc-binary")
                .header("ce-source", "/s")
                .header("ce-type", "t")
                .header("traceparent", PARENT)
                .POST(BodyPublishers.noBody()))
        .hasStatus(202);

    assertTraced("tc-ce", PARENT);
    assertTraced("tc-ces", PARENT);
    assertTraced("tc-binary", PARENT);
  }

  @Test
  void traceOfTheEvent_isKept() {
    post(
        "application/json",
        PARENT,
        "{\"event_id\":\"tc-own\",\"traceparent\":\"" + OWN + "\",\"payload\":1}");

    assertTraced("tc-own", OWN);
    assertThat(server.get("/events/tc-own").json().has("tracestate")).isFalse();
  }

  private static Answer postAfter(String hops, String contentType, String body) {
    return server.call(
        server
            .request("/events")
            .header("Content-Type", contentType)
            .header("webhook-hops", hops)
            .POST(BodyPublishers.ofString(body)));
  }

  @ParameterizedTest
  @CsvSource({"5,5", "1,1", "many,", "-1,", "0,"})
  void webhooksThatLedToTheRequest_areStored(String sent, String stored) {
    String id = "hops" + sent;
    postAfter(sent, "application/json", "{\"event_id\":\"" + id + "\",\"payload\":1}")
        .hasStatus(202);

    assertThat(server.get("/events/" + id).json().path("extensions").path("webhookhops").asText())
        .isEqualTo(stored == null ? "" : stored);
  }

  @Test
  void cloudEventThatComesBack_hasTheNumberOfItsLastRound() {
    String event = CLOUD_EVENT.formatted("hops-ce").replace("}", ",\"webhookhops\":\"1\"}");
    postAfter("2", "application/cloudevents+json", event).hasStatus(202);

    assertThat(server.get("/events/hops-ce").json().path("extensions").path("webhookhops").asText())
        .isEqualTo("2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          application/json                   | {"event_id":"loop","payload":1}
          application/json                   | [{"event_id":"loop","payload":1}]
          application/x-ndjson               | {"event_id":"loop","payload":1}
          application/cloudevents+json       | {"specversion":"1.0","id":"loop","source":"/s","type":"t"}
          application/cloudevents-batch+json | [{"specversion":"1.0","id":"loop","source":"/s","type":"t"}]
          """)
  void loop_isRefusedAndNothingStored(String contentType, String body) {
    Answer refusal = postAfter("6", contentType, body).hasStatus(400);

    assertThat(refusal.text("code")).isEqualTo("invalid_header");
    assertThat(refusal.json().path("errors").path(0).path("header").asText())
        .isEqualTo("webhook-hops");
    server.get("/events/loop").hasStatus(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, " + PARENT,
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7"
      })
  void invalidParent_isIgnored(String parent) {
    assertThat(TraceContext.of(Optional.of(parent), Optional.of("a=1")))
        .isEqualTo(TraceContext.NONE);
    post("application/json", parent, "{\"payload\":1}");
  }

  @Test
  void laterVersion_isTaken() {
    String later = "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-comes";

    assertThat(TraceContext.of(Optional.of(later), Optional.empty()).attributes().traceparent())
        .contains(later);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "A=1", "a=1,a=2", "a=1;b=2,=", "a=\u0001"})
  void invalidState_isIgnoredAlone(String state) {
    Attributes attributes = TraceContext.of(Optional.of(PARENT), Optional.of(state)).attributes();

    assertThat(attributes.values()).containsOnlyKeys(Attributes.TRACEPARENT);
  }

  @Test
  void longestState_isTaken() {
    String state = "vendor@sys=" + "x".repeat(256) + ",b=" + "y".repeat(200);

    Attributes attributes = TraceContext.of(Optional.of(PARENT), Optional.of(state)).attributes();

    assertThat(attributes.values()).containsEntry(Attributes.TRACESTATE, state);
  }
}
