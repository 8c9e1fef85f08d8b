package dev.sluice.adapter.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.http.Answer;
import dev.sluice.adapter.http.Setup;
import dev.sluice.adapter.http.TestServer;
import dev.sluice.application.access.ManageKeys.NewKey;
import dev.sluice.domain.access.Role;
import dev.sluice.domain.subscription.TypePattern;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a producer learns about events whose ids it knows.
final class StoredBeforeTest {

  private static TestServer server;
  private static String orders;
  private static String blind;

  @BeforeAll
  static void start() {
    server = TestServer.start(Setup.USUAL.withSecurity(TestServer.LOCKED));
    orders =
        server.key(
            new NewKey(
                "orders",
                Role.PRODUCER,
                List.of(new TypePattern("order.*")),
                false,
                Optional.empty()));
    blind = server.key(new NewKey("blind", Role.OPERATOR, List.of(), true, Optional.empty()));
    post(TestServer.ADMIN_KEY, "{\"event_id\":\"pay\",\"type\":\"pay.made\",\"payload\":5}")
        .hasStatus(202);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Answer post(String key, String json, String... headers) {
    var request =
        server
            .request("/events", key)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json));
    return server.call(headers.length == 0 ? request : request.headers(headers));
  }

  @Test
  void eventOfAnotherType_showsNothingOfItself() {
    Answer answer = post(orders, "{\"event_id\":\"pay\",\"type\":\"order.made\",\"payload\":5}");

    answer.isProblem(409, "event_id_conflict");
    assertThat(answer.body()).doesNotContain("status_of_event", "received_at");
    assertThat(answer.header("Location")).isEmpty();
  }

  @Test
  void eventOfAnotherTypeInABatch_showsNothingOfItself() {
    Answer answer = post(orders, "[{\"event_id\":\"pay\",\"type\":\"order.made\",\"payload\":5}]");

    assertThat(answer.isProblem(400, "invalid_batch").body())
        .doesNotContain("status_of_event", "received_at");
  }

  /// Otherwise a caller that knows an id could try payloads until one matches.
  @Test
  void hiddenPayload_cannotBeGuessed() {
    for (String payload : List.of("5", "6")) {
      String json = "{\"event_id\":\"pay\",\"type\":\"pay.made\",\"payload\":" + payload + "}";

      post(blind, json).isProblem(409, "event_id_taken");
      post(blind, json, "Idempotency-Key", "pay").isProblem(409, "event_id_taken");
      assertThat(post(blind, "[" + json + "]").isProblem(400, "invalid_batch").body())
          .contains("event_id_taken");
    }
  }

  @Test
  void others_areToldAsEver() {
    Answer answer =
        post(TestServer.ADMIN_KEY, "{\"event_id\":\"pay\",\"type\":\"pay.made\",\"payload\":5}");

    assertThat(answer.isProblem(409, "duplicate_event").text("status_of_event")).isNotEmpty();
  }

  @Test
  void keyBesideAnId_decidesHowARepeatIsAnswered() {
    String json = "{\"event_id\":\"order-1\",\"type\":\"order.made\",\"payload\":1}";
    post(orders, json, "Idempotency-Key", "any").hasStatus(202);

    Answer repeated = post(orders, json, "Idempotency-Key", "any").hasStatus(202);

    assertThat(repeated.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(repeated.eventId()).isEqualTo("order-1");
    post(orders, json.replace(":1}", ":2}"), "Idempotency-Key", "any")
        .isProblem(422, "idempotency_key_conflict");
  }

  @Test
  void keyForABatch_isRefused() {
    Answer answer =
        post(orders, "[{\"type\":\"order.made\",\"payload\":1}]", "Idempotency-Key", "any")
            .isProblem(400, "invalid_header");

    assertThat(answer.json().at("/errors/0/header").asText()).isEqualTo("Idempotency-Key");
  }
}
