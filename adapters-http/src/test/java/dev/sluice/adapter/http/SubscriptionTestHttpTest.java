package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.application.access.ManageKeys.NewKey;
import dev.sluice.domain.access.Role;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `POST /subscriptions/{name}/test`: what a subscription would do with an event; each response
/// matches its description.
final class SubscriptionTestHttpTest {

  private static final String OPERATION = "POST /subscriptions/{id}/test";
  private static final String PAID = "{\"event_id\":\"s\",\"type\":\"order.paid\",\"payload\":%s}";
  private static final String DEFINITION =
      "{\"types\":[\"order.*\"],\"filter\":{\"payload\":{\"amount\":[{\"numeric\":[\">\",100]}]}},"
          + "\"destination\":{\"kind\":\"demo\"}}";
  private static final DescribedApi API = DescribedApi.read();
  private static final HttpSettings.Limits NARROW =
      new HttpSettings.Limits(2_000, 4, 4_000, 1 << 20, 1 << 20, 100, Duration.ofSeconds(10), 0, 1);
  private static final TestServer SERVER =
      TestServer.start(Setup.USUAL.withSecurity(TestServer.LOCKED).withLimits(NARROW));

  @BeforeAll
  static void store() {
    call(TestServer.ADMIN_KEY, "PUT", "/subscriptions/billing", DEFINITION).hasStatus(201);
    call(
        TestServer.ADMIN_KEY,
        "POST",
        "/events",
        PAID.formatted("{\"amount\":7}").replace("s\"", "stored\""));
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  private static Answer call(String key, String method, String path, String body) {
    return SERVER.call(
        SERVER
            .request(path, key)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body)));
  }

  private static Answer test(String key, String name, String body) {
    Answer answer = call(key, "POST", "/subscriptions/" + name + "/test", body);
    return API.requireDescribed(OPERATION, answer, answer.status(), "");
  }

  private static JsonNode tested(String name, String body) {
    return test(SERVER.key(Role.VIEWER), name, body).hasStatus(200).json();
  }

  private static String event(String payload) {
    return "\"event\":" + PAID.formatted(payload);
  }

  @Test
  void matchingEvent_showsWhatWouldBeDelivered() {
    JsonNode result = tested("billing", "{" + event("{\"amount\": 120}") + "}");

    assertThat(result.path("matches").asBoolean()).isTrue();
    assertThat(result.path("event_id").asText()).isEqualTo("s");
    assertThat(result.path("version").asLong()).isPositive();
    assertThat(result.at("/delivery/kind").asText()).isEqualTo("demo");
    assertThat(result.at("/delivery/output").asText()).isEqualTo("{\"amount\": 120}");
    assertThat(result.has("mismatch")).isFalse();
    assertThat(result.has("sent")).isFalse();
  }

  @Test
  void otherEvent_namesTheConditionAndItsPlace() {
    JsonNode result = tested("billing", "{" + event("{\"amount\":7}") + "}");

    assertThat(result.path("matches").asBoolean()).isFalse();
    assertThat(result.path("mismatch").toString())
        .isEqualTo(
            "{\"reason\":\"condition\",\"pointer\":\"/filter/payload/amount\","
                + "\"field\":\"/payload/amount\",\"condition\":[{\"numeric\":[\">\",100]}],"
                + "\"absent\":false}");
    assertThat(result.path("sentence").asText())
        .isEqualTo("The value of payload.amount does not meet [{\"numeric\":[\">\",100]}].");
    assertThat(result.has("delivery")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"types":["a"],D}                                                 | type
          {"types":["*"],"filter":{"subject":["x"]},D}                      | condition
          {"types":["*"],"filter":{"$or":[{"key":["a"]},{"key":["b"]}]},D}  | no_alternative
          {"types":["*"],"filter":{"payload":{"l":{"a":[1],"b":[2]}}},D}    | different_elements
          """)
  void reason_isNamed(String definition, String reason) {
    String unsaved = definition.replace("D}", "\"destination\":{\"kind\":\"log\"}}");
    String payload = "{\"l\":[{\"a\":1},{\"b\":2}]}";

    JsonNode result =
        tested("not-saved", "{" + event(payload) + ",\"definition\":" + unsaved + "}");

    assertThat(result.at("/mismatch/reason").asText()).isEqualTo(reason);
    assertThat(result.has("version")).isFalse();
  }

  @Test
  void replacedBuiltInSubscription_getsNoEvents() {
    JsonNode result = tested("default", "{" + event("1") + "}");

    assertThat(result.at("/mismatch/reason").asText()).isEqualTo("not_active");
    assertThat(result.at("/mismatch/state").asText()).isEqualTo("finishing");
  }

  @Test
  void storedEvent_isTestedAndStaysAsItIs() {
    JsonNode result =
        tested("other", "{\"event_id\":\"stored\",\"definition\":" + SubscriptionCalls.ANY + "}");

    assertThat(result.path("matches").asBoolean()).isTrue();
    assertThat(result.at("/delivery/output").asText()).isEqualTo("{\"amount\":7}");
    Answer stored = call(TestServer.ADMIN_KEY, "GET", "/events/stored", "").hasStatus(200);
    assertThat(stored.text("status")).isEqualTo("unrouted");
  }

  @Test
  void cloudEvent_isASampleToo() {
    String cloudEvent =
        "{\"specversion\":\"1.0\",\"id\":\"c\",\"source\":\"/s\",\"type\":\"order.x\","
            + "\"data\":{\"amount\":101}}";

    JsonNode result = tested("billing", "{\"event\":" + cloudEvent + "}");

    assertThat(result.path("matches").asBoolean()).isTrue();
    assertThat(result.path("event_id").asText()).isEqualTo("c");
  }

  @Test
  void sentSample_isProcessedOnceAndNotStored() {
    String body =
        "{\"event\":{\"event_id\":\"once\",\"type\":\"order.a\","
            + "\"payload\":{\"amount\":101,\"fail\":true}},\"send\":true}";

    JsonNode sent = test(TestServer.ADMIN_KEY, "billing", body).json().path("sent");

    assertThat(sent.path("outcome").asText()).isEqualTo("failed");
    assertThat(sent.path("permanent").asBoolean()).isTrue();
    assertThat(sent.at("/error/message").asText()).isEqualTo("the payload asked for it");
    assertThat(SERVER.handler().executions("once")).isEqualTo(1);
    call(TestServer.ADMIN_KEY, "GET", "/events/once", "").isProblem(404, "not_found");
    assertThat(newestActivity()).isEqualTo("subscription.test");
  }

  private static String newestActivity() {
    return call(TestServer.ADMIN_KEY, "GET", "/activity?limit=1", "")
        .json()
        .at("/0/action")
        .asText();
  }

  @Test
  void sampleThatDoesNotMatch_isNotSent() {
    String body = "{\"event\":{\"event_id\":\"never\",\"type\":\"a\",\"payload\":1},\"send\":true}";

    JsonNode result = test(TestServer.ADMIN_KEY, "billing", body).hasStatus(200).json();

    assertThat(result.has("sent")).isFalse();
    assertThat(SERVER.handler().executions("never")).isZero();
  }

  @Test
  void onlyAdmins_send() {
    String body = "{" + event("{\"amount\":101}") + ",\"send\":true}";

    Answer refused = test(SERVER.key(Role.OPERATOR), "billing", body).isProblem(403, "forbidden");

    assertThat(refused.text("required_role")).isEqualTo("admin");
  }

  /// By trying filters, it could find out what it must not see.
  @Test
  void keyThatHidesPayloads_testsWithItsOwnEventsOnly() {
    String key = SERVER.key(new NewKey("h", Role.VIEWER, List.of(), true, Optional.empty()));

    test(key, "billing", "{\"event_id\":\"stored\"}").isProblem(403, "forbidden");
    test(key, "billing", "{" + event("1") + "}").hasStatus(200);
  }

  @Test
  void destinationWithoutHandler_isNotSent() {
    String definition = SubscriptionCalls.ANY.replace("demo", "log");
    String body = "{" + event("1") + ",\"send\":true,\"definition\":" + definition + "}";

    test(TestServer.ADMIN_KEY, "any", body).isProblem(409, "state_conflict");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                     | /event
          {"event":{"payload":1},"event_id":"stored"}            | /event
          {"event":1}                                            | /event
          {"event":{"type":""}}                                  | /event/type
          {"event":{"specversion":"1.0","id":"1","source":"s"}}  | /event/type
          {"event_id":1}                                         | /event_id
          {"event_id":""}                                        | /event_id
          {"event_id":"stored","send":1}                         | /send
          {"event_id":"stored","colour":1}                       | /colour
          {"event_id":"stored","event_id":"x"}                   | /event_id
          {"event_id":"stored","definition":1}                   | /definition
          {"event_id":"stored","definition":{"name":"b"}}        | /definition/name
          {"event_id":"stored","definition":{"types":[1]}}       | /definition/types/0
          {"event_id":"stored","definition":{"filter":{"a":1}}}  | /definition/filter/a
          """)
  void wrongMember_isPointedAt(String body, String pointer) {
    Answer answer = test(TestServer.ADMIN_KEY, "billing", body).isProblem(400, "invalid_test");

    assertThat(answer.pointers()).contains(pointer);
  }

  @Test
  void whatIsNotThere_isNotFound() {
    Answer event = test(TestServer.ADMIN_KEY, "billing", "{\"event_id\":\"nobody\"}");
    assertThat(event.isProblem(404, "not_found").pointers()).containsExactly("/event_id");

    test(TestServer.ADMIN_KEY, "nobody", "{" + event("1") + "}").isProblem(404, "not_found");
    test(TestServer.ADMIN_KEY, "No", "{" + event("1") + "}").isProblem(404, "not_found");
  }

  @Test
  void oversizedAndMalformedBodies_areRefused() {
    String big = event("\"" + "x".repeat(2_000) + "\"");
    String long64k = "{\"event_id\":\"stored\",\"definition\":{" + " ".repeat(66_000) + "}}";

    assertThat(test(TestServer.ADMIN_KEY, "billing", "{" + big + "}").pointers())
        .containsExactly("/event");
    assertThat(test(TestServer.ADMIN_KEY, "billing", long64k).pointers())
        .containsExactly("/definition");
    test(TestServer.ADMIN_KEY, "billing", " ".repeat(140_000)).isProblem(413, "payload_too_large");
    for (String body : List.of("", "[]", "{", "1", "{\"event_id\":\"stored\"}x")) {
      test(TestServer.ADMIN_KEY, "billing", body).isProblem(400, "invalid_json");
    }
  }
}
