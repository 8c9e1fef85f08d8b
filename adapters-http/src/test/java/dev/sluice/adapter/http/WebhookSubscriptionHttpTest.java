package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.domain.access.Role;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Subscriptions to webhooks: a secret is shown once and nowhere else. Each response matches its
/// description.
final class WebhookSubscriptionHttpTest {

  private static final String WEBHOOK =
      "{\"types\":[\"*\"],\"destination\":{\"kind\":\"webhook\",\"url\":\"https://a.test/in\"%s}}";
  private static final String PLAIN = WEBHOOK.formatted("");
  private static final String EVENT =
      "{\"event\":{\"event_id\":\"s\",\"type\":\"order.paid\",\"payload\":{\"n\":1}}}";
  private static final DescribedApi API = DescribedApi.read();
  private static final TestServer SERVER =
      TestServer.start(Setup.USUAL.withSecurity(TestServer.LOCKED), new FakeWebhooks()::in);

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  private static Answer call(String key, String method, String path, String type, String body) {
    return SERVER.call(
        SERVER
            .request("/subscriptions/" + path, key)
            .header("Content-Type", type)
            .method(method, BodyPublishers.ofString(body)));
  }

  private static Answer call(String method, String path, String body) {
    String type = method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
    return call(TestServer.ADMIN_KEY, method, path, type, body);
  }

  private static Answer put(String name, String body) {
    Answer answer = call("PUT", name, body);
    return API.requireDescribed("PUT /subscriptions/{id}", answer, answer.status(), "");
  }

  private static Answer rotate(String name, String body) {
    Answer answer = call("POST", name + "/secret", body);
    return API.requireDescribed("POST /subscriptions/{id}/secret", answer, answer.status(), "");
  }

  private static String read(String path) {
    return SERVER.call(SERVER.request(path, TestServer.ADMIN_KEY)).hasStatus(200).body();
  }

  private static void assertNothingIsShown(String name) {
    String shown =
        read("/subscriptions/" + name)
            + read("/subscriptions")
            + read("/subscriptions/" + name + "/versions")
            + read("/activity")
            + call("POST", name + "/test", EVENT).hasStatus(200).body()
            + call("POST", name + "/test", EVENT.replace("}}}", "}},\"send\":true}"))
                .hasStatus(200)
                .body();
    assertThat(shown).contains(name).doesNotContain("hidden", "v1:", "\"secret\"");
  }

  @Test
  void createdSecret_isShownOnceAndNeverAgain() {
    Answer made = put("once", PLAIN).hasStatus(201);

    assertThat(made.text("secret")).startsWith("whsec_hidden");
    assertThat(made.body()).doesNotContain("v1:");
    assertNothingIsShown("once");
    Answer again = put("once", PLAIN).hasStatus(200);
    assertThat(again.text("version")).isEqualTo(made.text("version"));
    assertThat(again.json().has("secret")).isFalse();
  }

  @Test
  void ownSecretAndCredentials_areNotShown() {
    String members =
        ",\"secret\":\"whsec_hidden\","
            + "\"credentials\":{\"scheme\":\"basic\",\"username\":\"ann\",\"password\":\"hidden\"}";

    Answer made = put("own", WEBHOOK.formatted(members)).hasStatus(201);

    assertThat(made.body()).doesNotContain("hidden", "v1:");
    assertThat(made.json().at("/destination/credentials").toString())
        .isEqualTo("{\"scheme\":\"basic\",\"username\":\"ann\"}");
    assertNothingIsShown("own");
  }

  @Test
  void patch_keepsTheSecretAndTheCredentials() {
    String members = ",\"credentials\":{\"scheme\":\"bearer\",\"token\":\"hidden\"}";
    put("patched", WEBHOOK.formatted(members)).hasStatus(201);

    Answer patched = call("PATCH", "patched", "{\"description\":\"new\"}").hasStatus(200);

    assertThat(patched.json().has("secret")).isFalse();
    assertThat(patched.text("description")).isEqualTo("new");
    assertThat(patched.json().at("/destination/credentials/scheme").asText()).isEqualTo("bearer");
    assertNothingIsShown("patched");
  }

  @Test
  void rotation_showsTheNewSecretOnceAndIsAudited() {
    Answer made = put("rotated", PLAIN).hasStatus(201);

    Answer rotated = rotate("rotated", "{\"grace\":\"2h\"}").hasStatus(200);

    assertThat(rotated.text("secret")).startsWith("whsec_hidden").isNotEqualTo(made.text("secret"));
    assertThat(rotated.text("name")).isEqualTo("rotated");
    assertThat(rotated.json().path("version").asLong())
        .isGreaterThan(made.json().path("version").asLong());
    assertThat(rotated.text("previous_until")).isEqualTo("2026-01-02T05:04:05.678Z");
    assertThat(rotated.header("ETag")).isEqualTo("\"" + rotated.text("version") + "\"");
    JsonNode newest = Answer.read(read("/activity?limit=1")).get(0);
    assertThat(newest.path("action").asText()).isEqualTo("subscription.rotate_secret");
    assertThat(newest.toString()).contains("rotated", "version " + rotated.text("version"));
    assertNothingIsShown("rotated");
  }

  @Test
  void rotationToAnOwnSecret_showsNone() {
    put("moved", PLAIN).hasStatus(201);

    Answer rotated = rotate("moved", "{\"secret\":\"whsec_hidden\"}").hasStatus(200);

    assertThat(rotated.body()).doesNotContain("hidden");
    assertThat(rotated.text("previous_until")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"OPERATOR", "VIEWER"})
  void rotation_isForAdmins(Role role) {
    put("guarded", PLAIN);
    String key = SERVER.key(role);

    Answer refused = call(key, "POST", "guarded/secret", "application/json", "{}");

    refused.isProblem(403, "forbidden");
    assertThat(refused.text("required_role")).isEqualTo("admin");
  }

  @Test
  void rotationOfWhatHasNoSecret_isAConflict() {
    put("demo", SubscriptionCalls.ANY).hasStatus(201);

    Answer refused = rotate("demo", "{}").isProblem(409, "state_conflict");

    assertThat(refused.text("detail")).contains("Only webhooks have a signing secret");
    rotate("unknown", "{}").isProblem(404, "not_found");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/grace  | {`grace`:`8d`}",
        "/grace  | {`grace`:`-1s`}",
        "/grace  | {`grace`:24}",
        "/secret | {`secret`:1}",
        "/secret | {`secret`:`hidden`}",
        "/x~1y   | {`x/y`:1}"
      })
  void wrongRotation_isNamed(String pointer, String body) {
    put("strict", PLAIN);

    Answer refused = rotate("strict", body.replace('`', '"'));

    assertThat(refused.isProblem(refused.status(), "invalid_subscription").pointers())
        .containsExactly(pointer);
    assertThat(refused.status()).isIn(400, 422);
    assertThat(refused.body()).doesNotContain("hidden");
  }

  @Test
  void refusedUrl_isNamedWhereverItIs() {
    String refused = PLAIN.replace("a.test", "refused.test");
    put("fixed", PLAIN);

    assertThat(put("fixed", refused).pointers()).containsExactly("/destination/url");
    Answer patched =
        call("PATCH", "fixed", "{\"destination\":{\"url\":\"https://refused.test/\"}}");
    assertThat(patched.pointers()).containsExactly("/destination/url");
    String unsaved = EVENT.replace("}}}", "}},\"definition\":" + refused);
    Answer tested = call("POST", "fixed/test", unsaved + ",\"send\":true}");
    assertThat(tested.pointers()).containsExactly("/definition/destination/url");
    assertThat(read("/subscriptions/fixed")).contains("https://a.test/in");
  }

  /// To check a destination, names are looked up and the receiver may be asked: not for readers.
  @Test
  void testThatSendsNothing_preparesNoDestination() {
    put("fixed", PLAIN);
    String refused = PLAIN.replace("a.test", "refused.test");

    Answer tested =
        call("POST", "fixed/test", EVENT.replace("}}}", "}},\"definition\":" + refused + "}"));

    assertThat(tested.status()).isEqualTo(200);
    assertThat(tested.body()).contains("\"matches\":true").doesNotContain("hidden");
  }

  @Test
  void receiver_isShownWithTheSubscription() {
    put("seen", PLAIN);

    JsonNode receiver = Answer.read(read("/subscriptions/seen")).path("receiver");

    assertThat(receiver.path("state").asText()).isEqualTo("paused");
    assertThat(receiver.path("reason").asText()).contains("Retry-After");
    assertThat(receiver.path("until").asText()).isEqualTo("2026-01-02T03:04:05.678Z");
    assertThat(receiver.path("concurrency").asInt()).isEqualTo(4);
    assertThat(receiver.path("in_flight").asInt()).isEqualTo(1);
    assertThat(receiver.at("/recent/2xx").asInt()).isEqualTo(7);
    assertThat(receiver.at("/latency_ms/p50").asDouble()).isEqualTo(12.35);
    assertThat(receiver.at("/latency_ms/p99").asDouble()).isEqualTo(250);
    assertThat(read("/subscriptions/default")).doesNotContain("receiver");
  }
}
