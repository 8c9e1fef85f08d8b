package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.application.access.ManageKeys.NewKey;
import dev.sluice.domain.access.Role;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What receivers answered, in the list of the newest attempts and with an event.
final class RecentAttemptsHttpTest {

  private static final String ATTEMPTS = "GET /subscriptions/{id}/attempts";
  private static final TestServer SERVER = TestServer.start();
  private static final DescribedApi API = DescribedApi.read();

  @BeforeAll
  static void process() {
    for (int status : new int[] {200, 503, 0, 404}) {
      String id = "e-" + status;
      SERVER
          .post("{\"event_id\":\"%s\",\"payload\":{\"respond\":%d}}".formatted(id, status))
          .hasStatus(202);
      SERVER.await(id, status == 200 ? "completed" : "failed");
    }
    SERVER.post("{\"event_id\":\"silent\",\"payload\":1}").hasStatus(202);
    SERVER.await("silent", "completed");
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  private static JsonNode attempts(String query) {
    Answer answer = SERVER.get("/subscriptions/default/attempts" + query);
    return API.requireDescribed(ATTEMPTS, answer, 200, "").json();
  }

  @Test
  void attemptsWithAResponse_areListedNewestFirst() {
    assertThat(attempts("").findValuesAsText("event_id"))
        .containsExactly("e-404", "e-0", "e-503", "e-200");
    assertThat(attempts("?limit=2").findValuesAsText("event_id")).containsExactly("e-404", "e-0");
  }

  @ParameterizedTest
  @CsvSource({"2xx, e-200", "4xx, e-404", "5xx, e-503", "none, e-0"})
  void status_choosesAClass(String status, String id) {
    assertThat(attempts("?status=" + status).findValuesAsText("event_id")).containsExactly(id);
    assertThat(attempts("?status=3xx")).isEmpty();
  }

  @Test
  void attempt_isShownAsWithItsEvent() {
    JsonNode listed = attempts("?status=5xx").get(0);
    Answer event = API.requireDescribed("GET /events/{id}", SERVER.get("/events/e-503"), 200, "");

    assertThat(listed.path("event_type").asText()).isEqualTo("default");
    assertThat(listed.at("/error/error").asText()).isEqualTo("HttpStatus503");
    assertThat(listed.path("response"))
        .isEqualTo(event.json().at("/deliveries/0/attempts/0/response"));
    assertThat(listed.at("/response/status").asInt()).isEqualTo(503);
    assertThat(listed.at("/response/body").asText()).isEqualTo("the secret 503");
    assertThat(listed.at("/response/times_ms/total").asDouble()).isEqualTo(12.34);
  }

  @Test
  void incompleteResponse_hasNeitherStatusNorBody() {
    JsonNode response = attempts("?status=none").get(0).path("response");

    assertThat(response.has("url")).isTrue();
    assertThat(response.has("status") || response.has("body")).isFalse();
  }

  @Test
  void callerWhoseKeyHidesPayloads_seesNoBodies() {
    String key = SERVER.key(new NewKey("board", Role.VIEWER, List.of(), true, Optional.empty()));

    Answer list = SERVER.call(SERVER.request("/subscriptions/default/attempts", key));
    Answer event = SERVER.call(SERVER.request("/events/e-503", key));

    assertThat(API.requireDescribed(ATTEMPTS, list, 200, "").body()).doesNotContain("secret");
    assertThat(API.requireDescribed("GET /events/{id}", event, 200, "").body())
        .contains("\"status\":503", "\"body_hidden\":true")
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource({"status=6xx", "status=200", "limit=0", "limit=201", "limit=x", "colour=1"})
  void unknownChoice_isRefused(String query) {
    Answer answer = SERVER.get("/subscriptions/default/attempts?" + query);

    API.requireDescribed(ATTEMPTS, answer, 400, "invalid_query");
  }

  @Test
  void unknownSubscription_isNotFound() {
    API.requireDescribed(ATTEMPTS, SERVER.get("/subscriptions/none/attempts"), 404, "not_found");
  }
}
