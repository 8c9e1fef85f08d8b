package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Responses of a running server match `openapi.json`: status, headers, media type, body.
final class OpenApiAnswersTest {

  private static final String POST = "POST /events";
  private static final String JSON = "application/json";
  private static final String CLOUD_EVENT = "application/cloudevents+json";
  private static final String CLOUD_EVENTS = "application/cloudevents-batch+json";
  private static final HttpSettings.Limits NARROW =
      new HttpSettings.Limits(2_000, 4, 4_000, 6_000, 1 << 20, 100, Duration.ofSeconds(10), 0, 1);

  private static final DescribedApi API = DescribedApi.read();
  private static final TestServer SERVER = TestServer.start(Setup.USUAL.withLimits(NARROW));

  @BeforeAll
  static void store() {
    SERVER.post("{\"event_id\":\"done\",\"payload\":1}").hasStatus(202);
    SERVER.post("{\"event_id\":\"dead\",\"payload\":{\"fail\":true}}").hasStatus(202);
    SERVER.post("{\"event_id\":\"tried\",\"payload\":{\"retry\":true}}").hasStatus(202);
    SERVER
        .call(
            SERVER
                .request("/schedules/done")
                .header("Content-Type", JSON)
                .PUT(
                    BodyPublishers.ofString(
                        "{\"cron\":\"@yearly\",\"event\":{\"event_type\":\"t\",\"payload\":1}}")))
        .hasStatus(201);
    SERVER.await("done", "completed");
    SERVER.await("dead", "failed");
    SERVER.await("tried", "failed");
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @ParameterizedTest
  @MethodSource("posts")
  void sentEvents_areAnsweredAsDescribed(String contentType, String body, int status, String code) {
    isDescribed(POST, SERVER.post("/events", contentType, body), status, code);
  }

  static Stream<Arguments> posts() {
    String cloudEvent = "{\"specversion\":\"1.0\",\"id\":\"c1\",\"source\":\"/s\",\"type\":\"t\",";
    String all =
        "{\"event_id\":\"all\",\"type\":\"t\",\"timestamp\":1773480413.5,\"source\":\"a\","
            + "\"subject\":\"b\",\"key\":\"c\",\"traceparent\":\"d\",\"payload\":null}";
    return Stream.of(
        arguments(JSON, all, 202, ""),
        arguments(JSON, "{\"event_id\":\"done\",\"payload\":1}", 409, "duplicate_event"),
        arguments(JSON, "{\"event_id\":\"done\",\"payload\":2}", 409, "event_id_conflict"),
        arguments(JSON, "{\"event_id\":\" \",\"colour\":1}", 400, "invalid_event"),
        arguments(JSON, "{\"payload\"", 400, "invalid_json"),
        arguments(JSON, "[]", 400, "invalid_batch"),
        arguments(JSON, "[1]", 400, "invalid_batch"),
        arguments(JSON, "[{\"payload\":1},{\"event_id\":\"done\",\"payload\":1},2]", 202, ""),
        arguments(JSON, "[1,2,3,4,5]", 413, "payload_too_large"),
        arguments(JSON, "{\"payload\":\"" + "x".repeat(2_000) + "\"}", 413, "payload_too_large"),
        arguments("text/plain", "hello", 415, "unsupported_media_type"),
        arguments(
            "application/x-ndjson",
            "{\"payload\":1}\n{\"event_id\":\"done\",\"payload\":2}\n{",
            202,
            ""),
        arguments("application/x-ndjson", "", 400, "invalid_batch"),
        arguments("application/x-ndjson", "1\n".repeat(3_001), 413, "payload_too_large"),
        arguments(CLOUD_EVENT, cloudEvent + "\"severity\":3,\"data\":[]}", 202, ""),
        arguments(CLOUD_EVENT, "{\"id\":\"c2\"}", 400, "invalid_event"),
        arguments(CLOUD_EVENTS, "[" + cloudEvent + "\"data\":{}}, {}]", 400, "invalid_batch"));
  }

  @Test
  void binaryMode_isAnsweredAsDescribed() {
    var request =
        SERVER
            .request("/events")
            .headers("ce-specversion", "1.0", "ce-id", "b1", "ce-source", "/s", "ce-type", "t")
            .header("Content-Type", "text/plain")
            .POST(BodyPublishers.ofString("hello"));

    isDescribed(POST, SERVER.call(request), 202, "");
  }

  @Test
  void idempotencyKey_isAnsweredAsDescribed() {
    isDescribed(POST, keyed("k1", 1), 202, "");
    Answer repeated = isDescribed(POST, keyed("k1", 1), 202, "");
    assertThat(repeated.header("Idempotent-Replayed")).isEqualTo("true");
    isDescribed(POST, keyed("k1", 2), 422, "idempotency_key_conflict");
    isDescribed(POST, keyed("", 1), 400, "invalid_header");
  }

  private static Answer keyed(String key, int payload) {
    return SERVER.call(
        SERVER
            .request("/events")
            .headers("Content-Type", JSON, "Idempotency-Key", key)
            .POST(BodyPublishers.ofString("{\"payload\":" + payload + "}")));
  }

  @Test
  void contentEncoding_isRefusedAsDescribed() {
    for (String path : List.of("/events", "/dead-letters/replay")) {
      var request =
          SERVER
              .request(path)
              .headers("Content-Type", JSON, "Content-Encoding", "br")
              .POST(BodyPublishers.ofString("{}"));

      isDescribed("POST " + path, SERVER.call(request), 415, "unsupported_media_type");
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.adapter.http.DescribedCalls#all")
  void otherCalls_areAnsweredAsDescribed(String operation, String path, int status, String code) {
    String method = operation.substring(0, operation.indexOf(' '));

    isDescribed(operation, SERVER.method(method, path), status, code);
  }

  @ParameterizedTest
  @MethodSource("bulkReplays")
  void bulkReplay_isAnsweredAsDescribed(String body, int status, String code) {
    Answer answer = SERVER.post("/dead-letters/replay", JSON, body);

    isDescribed("POST /dead-letters/replay", answer, status, code);
  }

  static Stream<Arguments> bulkReplays() {
    return Stream.of(
        arguments("{\"type\":\"nothing.of.this\",\"start\":0,\"limit\":5}", 202, ""),
        arguments("{\"attempts\":\"1..\",\"error\":\"0123456789abcdef\"}", 202, ""),
        arguments("{}", 400, "invalid_filter"),
        arguments("{\"colour\":1}", 400, "invalid_filter"),
        arguments("{", 400, "invalid_json"),
        arguments(" ".repeat(70_000), 413, "payload_too_large"));
  }

  @Test
  void otherMethods_areRefusedAsDescribed() {
    for (String operation : API.operations()) {
      if (!DescribedApi.PROBES.contains(operation)) {
        String path = pathOf(operation);
        boolean takesPatch = path.equals("/subscriptions/default") || path.matches("/events/[^/]+");
        String other = takesPatch ? "POST" : "PATCH";

        isDescribed(operation, SERVER.method(other, path), 405, "method_not_allowed");
      }
    }
  }

  @Test
  void headOfEachGet_isDescribed() {
    for (String operation : API.operations()) {
      if (operation.startsWith("GET ") && !DescribedApi.PROBES.contains(operation)) {
        String path = pathOf(operation);

        boolean isThere = !path.startsWith("/bulk/");
        isDescribed(operation, SERVER.method("HEAD", path), isThere ? 200 : 404, "");
      }
    }
  }

  private static String pathOf(String operation) {
    String id = operation.contains("/subscriptions/") ? "default" : "done";
    return operation.substring(operation.indexOf(' ') + 1).replace("{id}", id);
  }

  @Test
  void unknownPath_isAnsweredWithTheUsualProblem() {
    isDescribed("GET /health", SERVER.get("/nothing"), 404, "not_found");
  }

  @Test
  void describedEvents_areTaken() {
    String content = DescribedApi.pointerTo(POST) + "/requestBody/content";
    try (TestServer server = TestServer.start()) {
      for (String type : List.of(JSON, "application/x-ndjson", CLOUD_EVENT, CLOUD_EVENTS)) {
        for (JsonNode example : API.at(content + "/" + DescribedApi.escape(type) + "/examples")) {
          JsonNode value = example.path("value");
          String body = value.isTextual() ? value.asText() : value.toString();

          Answer answer = server.post("/events", type, body);

          assertThat(answer.status()).as(answer.body()).isIn(202, 409);
          assertThat(answer.body()).doesNotContain("invalid", "conflict");
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          replay  | {"all":true}              | 202 | ''
          replay  | {"subscriptions":[]}      | 400 | invalid_filter
          replay  | {"payload":1,"all":true}  | 400 | invalid_event
          cancel  | {"all":true}              | 400 | invalid_filter
          cancel  | {                         | 400 | invalid_json
          discard | {"subscriptions":["no"]}  | 409 | state_conflict
          """)
  void actionsOnDeliveries_areAnsweredAsDescribed(
      String action, String body, int status, String code) {
    isDescribed(
        "POST /events/{id}/" + action,
        SERVER.post("/events/done/" + action, JSON, body),
        status,
        code);
  }

  @Test
  void eventInWork_isAnsweredAsDescribed() {
    try (TestServer server = TestServer.start()) {
      server.handler().block();
      String many =
          String.join(
              ",",
              IntStream.range(0, 40)
                  .mapToObj(i -> "{\"event_id\":\"e" + i + "\",\"payload\":1}")
                  .toList());
      isDescribed(POST, server.post("[" + many + "]"), 202, "");
      isDescribed("GET /events/{id}", server.await("e0", "processing"), 200, "");
      isDescribed("GET /events/{id}", server.get("/events/e39"), 200, "");
      String replay = "POST /events/{id}/replay";
      isDescribed(replay, server.method("POST", "/events/e0/replay"), 409, "state_conflict");
      String cancel = "POST /events/{id}/cancel";
      isDescribed(cancel, server.method("POST", "/events/e0/cancel"), 409, "state_conflict");
      isDescribed(cancel, server.method("POST", "/events/e39/cancel"), 202, "");
      isDescribed("GET /events/{id}", server.get("/events/e39"), 200, "");
    }
  }

  @Test
  void fullBacklog_isAnsweredAsDescribed() {
    try (TestServer server = TestServer.start(Setup.USUAL.withMaxBacklog(1))) {
      server.handler().block();
      server.post("{\"payload\":1}").hasStatus(202);

      isDescribed(POST, server.post("{\"payload\":1}"), 503, "backlog_full");
      isDescribed(POST, server.post("[{\"payload\":1}]"), 503, "backlog_full");
    }
  }

  @Test
  void drainingNode_isAnsweredAsDescribed() {
    try (TestServer server = TestServer.start()) {
      server.application().refuseNewEvents();

      isDescribed(POST, server.post("{\"payload\":1}"), 503, "draining");
      isDescribed("GET /ready", server.get("/ready"), 503, "");
      isDescribed("GET /observe/health", server.get("/observe/health"), 503, "");
      isDescribed("GET /observe/health/ready", server.get("/observe/health/ready"), 503, "");
    }
  }

  @Test
  void rateLimit_isAnsweredAsDescribed() {
    var rare =
        new HttpSettings.Limits(
            2_000, 4, 4_000, 6_000, 1 << 20, 100, Duration.ofSeconds(10), 0.001, 1);
    try (TestServer server = TestServer.start(Setup.USUAL.withLimits(rare))) {
      isDescribed(POST, server.post("{\"payload\":1}"), 202, "");
      Answer limited = isDescribed(POST, server.post("{\"payload\":1}"), 429, "rate_limited");

      assertThat(limited.header("RateLimit")).isNotEmpty();
    }
  }

  @Test
  void silentStorage_isAnsweredAsDescribed() {
    FlakyStore.Server started = FlakyStore.startServer();
    try (TestServer server = started.server()) {
      started.store().breakDown(true);

      isDescribed(POST, server.post("{\"payload\":1}"), 503, "store_unavailable");
      isDescribed(POST, server.post("[{\"payload\":1}]"), 503, "store_unavailable");
      isDescribed("GET /events", server.get("/events"), 503, "store_unavailable");
      isDescribed("GET /events/{id}", server.get("/events/a"), 503, "store_unavailable");
      isDescribed("GET /dead-letters", server.get("/dead-letters"), 503, "store_unavailable");
      isDescribed("GET /stats", server.get("/stats"), 200, "");
      isDescribed("GET /ready", server.get("/ready"), 503, "");
      started.store().breakDown(false);
    }
  }

  private static Answer isDescribed(String operation, Answer answer, int status, String code) {
    return API.requireDescribed(operation, answer, status, code);
  }
}
