package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.domain.schedule.ScheduleStore;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Schedules over HTTP; each response matches its description.
final class SchedulesHttpTest {

  private static final TestServer SERVER = TestServer.start();
  private static final DescribedApi API = DescribedApi.read();

  private static final String YEARLY =
      "{\"cron\":\"@yearly\",\"event\":{\"event_type\":\"report\",\"payload\":{\"a\": 1.50}}}";
  private static final String FULL =
      "{\"name\":\"full\",\"cron\":\"30 2 * * MON-FRI\",\"time_zone\":\"Europe/Berlin\","
          + "\"catch_up\":\"all\",\"enabled\":true,\"event\":{\"event_type\":\"report\","
          + "\"payload\":[1],\"source\":\"clock\",\"subject\":\"night\",\"key\":\"k\"}}";

  @AfterEach
  void empty() {
    for (JsonNode schedule : SERVER.get("/schedules?limit=100").json()) {
      call("DELETE", schedule.path("name").asText(), "").hasStatus(204);
    }
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  /// @param headers names and values
  private static Answer call(String method, String name, String body, String... headers) {
    var request =
        SERVER
            .request("/schedules/" + name)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body));
    for (int index = 0; index < headers.length; index += 2) {
      request.header(headers[index], headers[index + 1]);
    }
    Answer answer = SERVER.call(request);
    if (answer.status() == 204) {
      assertThat(answer.body()).isEmpty();
      return answer;
    }
    String code = answer.status() < 400 ? "" : answer.text("code");
    return API.requireDescribed(method + " /schedules/{id}", answer, answer.status(), code);
  }

  private static Answer put(String name, String body, String... headers) {
    return call("PUT", name, body, headers);
  }

  @Test
  void newSchedule_isShownWithItsTicks() {
    JsonNode made = put("full", FULL).hasStatus(201).json();

    assertThat(made.path("name").asText()).isEqualTo("full");
    assertThat(made.path("cron").asText()).isEqualTo("30 2 * * MON-FRI");
    assertThat(made.path("time_zone").asText()).isEqualTo("Europe/Berlin");
    assertThat(made.path("catch_up").asText()).isEqualTo("all");
    assertThat(made.path("event"))
        .isEqualTo(
            Answer.read(
                "{\"event_type\":\"report\",\"payload\":[1],\"source\":\"clock\","
                    + "\"subject\":\"night\",\"key\":\"k\"}"));
    assertThat(made.path("last_tick").isNull()).isTrue();
    assertThat(made.path("next_ticks")).hasSize(5);
    assertThat(made.path("next_ticks").get(0)).isEqualTo(made.path("next_tick"));
    assertThat(Instant.parse(made.path("next_tick").asText()))
        .isBetween(Instant.now(), Instant.now().plus(Duration.ofDays(4)));
    assertThat(SERVER.get("/schedules/full").json()).isEqualTo(made);
  }

  @Test
  void smallDefinition_hasDefaults() {
    JsonNode made = put("small", YEARLY).hasStatus(201).json();

    assertThat(made.path("time_zone").asText()).isEqualTo("UTC");
    assertThat(made.path("catch_up").asText()).isEqualTo("last");
    assertThat(made.path("enabled").asBoolean()).isTrue();
    assertThat(made.at("/event/payload/a").asText()).isEqualTo("1.5");
    assertThat(put("small", YEARLY).hasStatus(200).json()).as("unchanged").isEqualTo(made);
    JsonNode disabled =
        put("small", YEARLY.replaceFirst("\\{", "{\"enabled\":false,")).hasStatus(200).json();
    assertThat(disabled.path("next_ticks")).isEmpty();
    assertThat(disabled.path("next_tick").isNull()).isTrue();
  }

  @Test
  void list_hasPages() {
    put("a", YEARLY);
    put("b", FULL.replace("\"full\"", "\"b\""));
    put("c", YEARLY);

    Answer first = SERVER.get("/schedules?limit=2").hasStatus(200);
    API.requireDescribed("GET /schedules", first, 200, "");

    assertThat(first.json()).extracting(one -> one.path("name").asText()).containsExactly("a", "b");
    assertThat(first.header("Link")).contains("after=b").contains("rel=\"next\"");
    assertThat(SERVER.get("/schedules?after=b").json()).hasSize(1);
    API.requireDescribed("GET /schedules", SERVER.get("/schedules?limit=0"), 400, "invalid_query");
    API.requireDescribed(
        "GET /schedules", SERVER.get("/schedules?limit=101"), 400, "invalid_query");
  }

  @Test
  void expectedVersion_mustBeTheStoredOne() {
    String first = put("a", YEARLY, "If-None-Match", "*").hasStatus(201).header("ETag");
    String now = put("a", FULL.replace("\"full\"", "\"a\""), "If-Match", first).header("ETag");

    assertThat(
            put("a", YEARLY, "If-Match", first)
                .isProblem(412, "precondition_failed")
                .text("detail"))
        .contains("it is at version " + now.replace("\"", "") + " by anonymous");
    put("a", YEARLY, "If-None-Match", "*").isProblem(412, "precondition_failed");
    call("DELETE", "a", "", "If-Match", first).isProblem(412, "precondition_failed");
    put("none", YEARLY, "If-Match", first).isProblem(412, "precondition_failed");
    Answer wrong = put("a", YEARLY, "If-Match", "17").isProblem(400, "invalid_header");
    assertThat(wrong.body()).contains("must be the ETag of the schedule");
    assertThat(call("GET", "a", "").header("ETag")).isEqualTo(now);
    call("DELETE", "a", "", "If-Match", now).hasStatus(204);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "UPPER", "a%20b"})
  void missingSchedule_isNotFound(String name) {
    call("GET", name, "").isProblem(404, "not_found");
    call("DELETE", name, "").isProblem(404, "not_found");
  }

  @Test
  void impossibleName_isRefused() {
    put("UPPER", YEARLY).isProblem(400, "invalid_schedule");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                         | /cron is required
          {}                                         | /event is required
          {"cron":"0 24 * * *"}                      | /cron must have five fields
          {"cron":"0 0 30 2 *"}                      | /cron matches no day
          {"cron":"* * * * * *"}                     | /cron must have five fields
          {"cron":7}                                 | /cron must be a string
          {"corn":"@daily"}                          | /corn is unknown; did you mean "cron"?
          {"time_zone":"Europe/Berlim"}              | /time_zone is not a time zone: did you mean "Europe/Berlin"?
          {"time_zone":"+01:00"}                     | /time_zone is not a time zone
          {"catch_up":"lst"}                         | /catch_up is "lst"; did you mean "last"?
          {"catch_up":"sometimes"}                   | /catch_up is "sometimes"; use none, last or all
          {"enabled":"yes"}                          | /enabled must be true or false
          {"event":7}                                | /event must be an object
          {"event":{}}                               | /event/event_type is required
          {"event":{}}                               | /event/payload is required
          {"event":{"event_type":" "}}               | /event/event_type must
          {"event":{"payload":1,"event_id":"a"}}     | /event/event_id is unknown
          {"event":{"key":""}}                       | /event/key must
          {"name":"other"}                           | /name must be the name in the path
          {"cron":"@daily","cron":"@daily"}          | /cron is given twice
          """)
  void wrongMember_isNamed(String body, String problem) {
    Answer answer = put("a", body).isProblem(400, "invalid_schedule");

    assertThat(answer.json().path("errors"))
        .extracting(error -> error.path("pointer").asText() + " " + error.path("detail").asText())
        .anyMatch(text -> text.startsWith(problem));
    call("GET", "a", "").isProblem(404, "not_found");
  }

  @Test
  void otherBodies_areRefused() {
    put("a", "{\"cron\"").isProblem(400, "invalid_json");
    put("a", "[]").isProblem(400, "invalid_schedule");
    put("a", "\"" + "x".repeat(70_000) + "\"").isProblem(413, "payload_too_large");
    put("a?force=1", YEARLY).isProblem(400, "invalid_query");
  }

  @Test
  void fullStore_takesNoMore() {
    for (int number = 0; number < ScheduleStore.MAX_SCHEDULES; number++) {
      SERVER.call(
          SERVER
              .request("/schedules/s-" + number)
              .header("Content-Type", "application/json")
              .PUT(BodyPublishers.ofString(YEARLY)));
    }

    put("more", YEARLY).isProblem(409, "too_many_schedules");
  }

  @Test
  void changes_areInTheActivityLog() {
    String version = put("audited", YEARLY).hasStatus(201).text("version");
    call("DELETE", "audited", "").hasStatus(204);

    JsonNode entries = SERVER.get("/activity?limit=2").json();
    assertThat(entries.findValuesAsText("action"))
        .containsExactly("schedule.delete", "schedule.put");
    assertThat(entries.findValuesAsText("target")).containsOnly("audited");
    assertThat(entries.findValuesAsText("detail")).contains("version " + version);
  }
}
