package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.application.access.ManageKeys.NewKey;
import dev.sluice.domain.access.Role;
import dev.sluice.domain.subscription.TypePattern;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A service that requires keys.
final class KeysTest {

  private final TestServer server = TestServer.start(Setup.USUAL.withSecurity(TestServer.LOCKED));

  @AfterEach
  void stop() {
    server.close();
  }

  private Answer get(String path, String key) {
    return server.call(server.request(path, key));
  }

  private Answer post(String path, String key, String type, String body) {
    return server.call(
        server.request(path, key).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
  }

  private Answer make(String body) {
    return post("/keys", TestServer.ADMIN_KEY, "application/json", body);
  }

  private Answer revoke(String id) {
    return server.call(
        server
            .request("/keys/" + id, TestServer.ADMIN_KEY)
            .method("DELETE", BodyPublishers.noBody()));
  }

  private String producerOf(String pattern) {
    var types = List.of(new TypePattern(pattern));
    return server.key(new NewKey("shop", Role.PRODUCER, types, false, Optional.empty()));
  }

  @Test
  void madeKey_worksUntilItIsRevoked() {
    Answer made =
        make("{\"owner\":\"shop\",\"role\":\"producer\",\"types\":[\"order.*\"],"
                + "\"hide_payloads\":true,\"expires_at\":\"2999-01-01T00:00:00Z\"}")
            .hasStatus(201);
    String key = made.text("key");
    String id = made.text("id");
    assertThat(key).startsWith("slc_" + id + "_");
    assertThat(made.header("Cache-Control")).isEqualTo("no-store");
    assertThat(made.text("expires_at")).isEqualTo("2999-01-01T00:00:00.000Z");
    assertThat(get("/meta", key).hasStatus(200).text("owner")).isEqualTo("shop");

    assertThat(revoke(id).status()).isEqualTo(204);

    get("/meta", key).isProblem(401, "unauthorized");
    assertThat(revoke(id).status()).isEqualTo(204);
    revoke("stranger").isProblem(404, "not_found");
  }

  @Test
  void list_tellsEverythingButSecrets() {
    Answer made = make("{\"owner\":\"me\",\"role\":\"viewer\"}").hasStatus(201);
    revoke(made.text("id"));

    Answer list = get("/keys", TestServer.ADMIN_KEY).hasStatus(200);

    JsonNode key = list.json().get(0);
    assertThat(list.json()).hasSize(1);
    assertThat(key.path("owner").asText()).isEqualTo("me");
    assertThat(key.path("status").asText()).isEqualTo("revoked");
    assertThat(key.has("revoked_at")).isTrue();
    String secret = made.text("key").substring(made.text("key").lastIndexOf('_') + 1);
    assertThat(list.body()).doesNotContain(secret, "hash", "\"key\"");
  }

  @Test
  void thirdKeyOfAnOwner_isRefused() {
    String body = "{\"owner\":\"me\",\"role\":\"viewer\"}";
    make(body).hasStatus(201);
    make(body).hasStatus(201);

    assertThat(make(body).isProblem(409, "too_many_keys").text("detail")).contains("2 live keys");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | /owner /role",
        "{\"owner\":1,\"role\":\"boss\"} | /owner /role",
        "{\"owner\":\" \",\"role\":\"viewer\"} | /owner",
        "{\"owner\":\"a\",\"role\":\"viewer\",\"types\":[\"a\"]} | /types",
        "{\"owner\":\"a\",\"role\":\"producer\",\"types\":\"a\"} | /types",
        "{\"owner\":\"a\",\"role\":\"producer\",\"types\":[\"a\",\"\",[1]]} | /types/1 /types/2",
        "{\"owner\":\"a\",\"role\":\"producer\",\"types\":[\"a,b\"]} | /types",
        "{\"owner\":\"a\",\"role\":\"viewer\",\"hide_payloads\":1} | /hide_payloads",
        "{\"owner\":\"a\",\"role\":\"viewer\",\"expires_at\":\"soon\"} | /expires_at",
        "{\"owner\":\"a\",\"role\":\"viewer\",\"expires_at\":1} | /expires_at",
        "{\"owner\":\"a\",\"role\":\"viewer\",\"colour\":{\"a\":1}} | /colour"
      })
  void wishOutOfShape_isToldWithPointers(String body, String pointers) {
    assertThat(make(body).isProblem(400, "invalid_key").pointers())
        .containsExactly(pointers.split(" ", -1));
  }

  @Test
  void bodyThatIsNoObject_isRefused() {
    make("[]").isProblem(400, "invalid_json");
    make("{").isProblem(400, "invalid_json");
    post("/keys", TestServer.ADMIN_KEY, "text/plain", "{}")
        .isProblem(415, "unsupported_media_type");
  }

  @ParameterizedTest
  @ValueSource(strings = {"slc_boss_wrong", "nonsense", "slc_stranger_000"})
  void wrongKey_isRefusedWithoutSayingWhatIsWrong(String key) {
    Answer answer = get("/events", key).isProblem(401, "unauthorized");

    assertThat(answer.header("WWW-Authenticate"))
        .isEqualTo("Bearer realm=\"sluice\", error=\"invalid_token\"");
    assertThat(answer.text("detail")).doesNotContain("secret", "stranger");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic bWU6bWU=", "Bearer", ""})
  void otherHeaders_areNoKeys(String header) {
    var request = server.request("/events").header("Authorization", header);

    Answer answer = server.call(request).isProblem(401, "unauthorized");

    assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"sluice\"");
  }

  @Test
  void manyWrongKeys_areAnsweredSlowlyAndLoggedWithoutTheKey() {
    String secret = "7".repeat(64);
    try (LogCapture logs = LogCapture.start()) {
      long begin = System.nanoTime();
      for (int number = 0; number < 7; number++) {
        get("/events", "slc_boss_" + secret).isProblem(401, "unauthorized");
      }
      get("/events", TestServer.ADMIN_KEY).hasStatus(200);

      assertThat(Duration.ofNanos(System.nanoTime() - begin))
          .isGreaterThanOrEqualTo(Duration.ofMillis(100 + 200));
      assertThat(logs.messages("rejected a request")).isNotEmpty();
      assertThat(logs.messages(secret)).isEmpty();
    }
  }

  @Test
  void failures_areCounted() {
    get("/events", "slc_boss_" + "1".repeat(64)).hasStatus(401);
    server.get("/events").hasStatus(401);
    server.get("/events").hasStatus(401);

    Metrics metrics = Metrics.parse(get("/metrics", server.key(Role.VIEWER)).body());

    String name = "sluice_auth_failures_total";
    assertThat(metrics.value(name, "reason", "wrong_secret")).isEqualTo(1);
    assertThat(metrics.value(name, "reason", "missing")).isEqualTo(2);
    assertThat(metrics.value(name, "reason", "expired")).isZero();
  }

  /// The type decides before the header is read.
  @Test
  void producerWithTypes_learnsOfTheTypeWhateverItsIdempotencyKey() {
    HttpRequest.Builder request =
        server
            .request("/events", producerOf("order.*"))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", "one")
            .header("Idempotency-Key", "two")
            .POST(BodyPublishers.ofString("{\"type\":\"invoice.paid\",\"payload\":1}"));

    server.call(request).isProblem(403, "type_not_allowed");
  }

  @Test
  void producerWithTypes_sendsNothingElse() {
    String key = producerOf("order.*");
    String json = "application/json";

    post("/events", key, json, "{\"type\":\"order.paid\",\"payload\":1}").hasStatus(202);
    Answer refused = post("/events", key, json, "{\"type\":\"invoice.paid\",\"payload\":1}");

    assertThat(refused.isProblem(403, "type_not_allowed").text("detail")).contains("invoice.paid");
    assertThat(server.application().useCases().browse().counts().backlog())
        .as("only one was stored")
        .isLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json | [X, Y]",
        "application/x-ndjson | X~Y",
        "application/cloudevents-batch+json | [V, W]"
      })
  void batchesOfAProducerWithTypes_haveResultsOfTheirOwn(String type, String body) {
    String cloudEvent = "{\"specversion\":\"1.0\",\"source\":\"/s\",\"data\":1,";
    String batch =
        body.replace("X", "{\"event_id\":\"a\",\"type\":\"invoice.paid\",\"payload\":1}")
            .replace("Y", "{\"event_id\":\"b\",\"type\":\"order.paid\",\"payload\":1}")
            .replace("V", cloudEvent + "\"id\":\"a\",\"type\":\"invoice.paid\"}")
            .replace("W", cloudEvent + "\"id\":\"b\",\"type\":\"order.paid\"}")
            .replace("~", "\n");

    JsonNode answer = post("/events", producerOf("order.*"), type, batch).hasStatus(202).json();

    JsonNode first = answer.path("results").get(0);
    assertThat(first.path("event_id").asText()).isEqualTo("a");
    assertThat(first.path("outcome").asText()).isEqualTo("rejected");
    assertThat(first.path("problem").path("code").asText()).isEqualTo("type_not_allowed");
    assertThat(answer.path("results").get(1).path("outcome").asText()).isEqualTo("accepted");
    get("/events/a", TestServer.ADMIN_KEY).isProblem(404, "not_found");
  }

  @Test
  void keyThatHidesPayloads_seesEverythingElse() {
    String event = "{\"event_id\":\"e\",\"payload\":{\"fail\":true,\"card\":\"4711\"}}";
    post("/events", TestServer.ADMIN_KEY, "application/json", event).hasStatus(202);
    String key = server.key(new NewKey("me", Role.OPERATOR, List.of(), true, Optional.empty()));

    for (String path : List.of("/events", "/events/e")) {
      Answer answer = get(path, key).hasStatus(200);
      JsonNode shown = answer.json().isArray() ? answer.json().get(0) : answer.json();
      assertThat(answer.body()).doesNotContain("4711");
      assertThat(shown.path("payload_hidden").asBoolean()).isTrue();
      assertThat(shown.has("payload")).isFalse();
      assertThat(get(path, TestServer.ADMIN_KEY).body())
          .contains("4711")
          .doesNotContain("payload_hidden");
    }
    Answer own = post("/events", key, "application/json", "{\"payload\":\"mine\"}");
    assertThat(own.text("payload")).isEqualTo("mine");
  }

  @Test
  void meta_tellsWhatTheCallerMayDo() {
    JsonNode meta = get("/meta", TestServer.ADMIN_KEY).hasStatus(200).json();

    assertThat(meta.path("role").asText()).isEqualTo("admin");
    assertThat(meta.path("owner").asText()).isEqualTo("configuration");
    assertThat(meta.path("key_id").asText()).isEqualTo("boss");
    assertThat(meta.path("auth").asText()).isEqualTo("keys");
    assertThat(meta.path("version").asText()).isEqualTo("1.2.3");
    assertThat(Instant.parse(meta.path("server_time").asText())).isBefore(Instant.MAX);
    assertThat(meta.path("features").valueStream().map(JsonNode::asText))
        .contains("expiry", "lanes", "priority", "schedules", "scheduling")
        .isSorted();
    assertThat(meta.path("demo_handler_only").isBoolean()).isTrue();
  }
}
