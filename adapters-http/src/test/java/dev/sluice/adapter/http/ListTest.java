package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ListTest {

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    for (int hour = 0; hour < 5; hour++) {
      server.post(
          "{\"event_id\":\"f-%d\",\"type\":\"filter.%d\",\"key\":\"k%d\",\"occurred_at\":\"2026-01-02T0%d:00:00Z\",\"payload\":{\"fail\":%b}}"
              .formatted(hour, hour % 2, hour % 2, hour, hour == 4));
    }
    for (int hour = 0; hour < 5; hour++) {
      server.await("f-" + hour, hour == 4 ? "failed" : "completed");
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static List<String> ids(Answer list) {
    return list.hasStatus(200).json().findValuesAsText("event_id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/events?payload=false&limit=2", "/dead-letters?payload=false&limit=2"})
  void payloads_canBeLeftOut(String list) {
    Answer page = server.get(list).hasStatus(200);

    assertThat(page.json()).isNotEmpty();
    assertThat(page.json()).noneMatch(event -> event.has("payload") || event.has("payload_hidden"));
  }

  @Test
  void payloadsLeftOut_stayOutOnTheNextPage() {
    String next = server.get("/events?payload=false&limit=1").header("Link");

    assertThat(next).contains("payload=false");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          event_type=filter.0                                        | f-4 f-2 f-0
          type=filter.1                                              | f-3 f-1
          type=filter.1&event_type=filter.0                          | f-4 f-3 f-2 f-1 f-0
          key=k1                                                     | f-3 f-1
          key=k1&status=completed                                    | f-3 f-1
          status=failed                                              | f-4
          status=failed&status=completed&key=k0                      | f-4 f-2 f-0
          start=2026-01-02T01:00:00Z&end=2026-01-02T03:00:00Z        | f-3 f-2 f-1
          start=2026-01-02T01:00:00.001Z&end=2026-01-02T02:59:59Z    | f-2
          start=2026-01-02T02:00:00%2B01:00&end=2026-01-02T01:00:00Z | f-1
          start=1767315600&end=1767322800                            | f-3 f-2 f-1
          start=1767315600000&end=1767315600.5                       | f-1
          type=filter.0&limit=2                                      | f-4 f-2
          """)
  void filters_chooseAndOrder(String query, String expected) {
    assertThat(String.join(" ", ids(server.get("/events?" + query)))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"type=none", "status=cancelled", "key=none", "start=2030-01-01T00:00:00Z"})
  void filterWithoutMatch_givesAnEmptyList(String query) {
    Answer answer = server.get("/events?" + query);

    assertThat(answer.body()).isEqualTo("[]");
    assertThat(answer.header("Link")).isEmpty();
  }

  @Test
  void list_showsPayloadsButNoDeliveries() {
    Answer answer = server.get("/events?type=filter.0&limit=1");

    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.json().at("/0/payload/fail").asBoolean()).isTrue();
    assertThat(answer.json().at("/0/last_error/error").asText()).isEqualTo("TestFailure");
    assertThat(answer.json().path(0).has("deliveries")).isFalse();
  }

  @Test
  void link_leadsThroughAllEventsWhileOthersCome() {
    IntStream.range(0, 25).forEach(number -> insert("page-" + number));
    List<String> seen = new ArrayList<>();

    Answer page = server.get("/events?type=paged&limit=10");
    for (int pages = 0; pages < 10; pages++) {
      seen.addAll(ids(page));
      insert("page-late-" + pages);
      if (page.header("Link").isEmpty()) {
        break;
      }
      page = server.get(next(page));
    }

    assertThat(seen)
        .containsExactlyElementsOf(
            IntStream.range(0, 25).mapToObj(number -> "page-" + (24 - number)).toList());
  }

  private static void insert(String id) {
    server.post("{\"event_id\":\"" + id + "\",\"type\":\"paged\",\"payload\":1}").hasStatus(202);
  }

  private static String next(Answer page) {
    assertThat(page.header("Link")).matches("</events\\?.+>; rel=\"next\"");
    return page.header("Link").replaceAll("<(.*)>.*", "$1");
  }

  @Test
  void link_keepsTheWholeQuery() {
    Answer first =
        server.get("/events?type=filter.0&status=completed&status=failed&key=k0&limit=1");

    assertThat(next(first))
        .contains("type=filter.0", "status=completed&status=failed", "key=k0", "limit=1");
    assertThat(ids(server.get(next(first)))).containsExactly("f-2");
  }

  @Test
  void cursorOfAnotherList_isRefused() {
    String link = next(server.get("/events?type=filter.0&limit=1"));

    Answer answer = server.get(link.replace("filter.0", "filter.1"));

    assertThat(answer.isProblem(400, "invalid_cursor").pointers()).containsExactly("cursor");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "x",
        "abc-def",
        "-1-0",
        "0-0",
        "zzzzzzzzzzzzzzzzzzzz-1",
        "%00",
        "1-1-1",
        "%F0%9F%98%80"
      })
  void garbageCursor_isRefused(String cursor) {
    server.get("/events?cursor=" + cursor).isProblem(400, "invalid_cursor");
  }

  @ParameterizedTest
  @CsvSource({
    "statu=failed,statu",
    "status=done,status",
    "status=,status",
    "limit=0,limit",
    "limit=501,limit",
    "limit=-1,limit",
    "limit=1e2,limit",
    "limit=,limit",
    "limit=1&limit=2,limit",
    "start=yesterday,start",
    "start=,start",
    "end=2026-13-01T00:00:00Z,end",
    "end=2026-01-02T00:00:00,end",
    "start=99999999999999999999,start",
    "start=1&start=2,start",
    "start=2&end=1,end",
    "key=,key",
    "type=,event_type",
    "type=%07,event_type",
    "key=%FF,%FF",
    "Limit=1,Limit"
  })
  void wrongParameter_isNamed(String query, String pointer) {
    Answer answer = server.get("/events?" + query).isProblem(400, "invalid_query");

    assertThat(answer.pointers()).containsExactly(pointer);
    assertThat(answer.text("detail")).contains(pointer);
  }

  /// A list request has no body that a pointer could refer to.
  @Test
  void parameterAtFault_isNamedAsOne() {
    Answer answer = server.get("/events?limit=x").isProblem(400, "invalid_query");

    assertThat(answer.json().at("/errors/0/parameter").asText()).isEqualTo("limit");
    assertThat(answer.json().at("/errors/0/pointer").isMissingNode()).isTrue();
  }

  @Test
  void tooManyTypes_areRefused() {
    String query = "type=t" + "&type=t".repeat(20);

    assertThat(server.get("/events?" + query).isProblem(400, "invalid_query").pointers())
        .containsExactly("event_type");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/events/f-0?x=1",
    "GET,/stats?x=1",
    "POST,/events?x=1",
    "POST,/events/f-0/replay?x=1",
    "POST,/events/f-0/cancel?x=1",
    "POST,/dead-letters/replay?x=1",
    "GET,/dead-letters?status=failed"
  })
  void unknownParameter_isRefusedEverywhere(String method, String path) {
    server.method(method, path).isProblem(400, "invalid_query");
  }

  @Test
  void longestPage_has500Events() {
    assertThat(server.get("/events?limit=500").status()).isEqualTo(200);
    assertThat(server.get("/events?limit=1").json()).hasSize(1);
  }

  @Test
  void deadLetters_areTheFailedEvents() {
    assertThat(ids(server.get("/dead-letters?type=filter.0"))).containsExactly("f-4");
    assertThat(ids(server.get("/dead-letters?type=filter.1"))).isEmpty();
  }

  @Test
  void event_isShownWithDeliveriesAndAttempts() {
    var event = server.get("/events/f-4").hasStatus(200).json();

    assertThat(event.at("/deliveries/0/subscription").asText()).isEqualTo("default");
    assertThat(event.at("/deliveries/0/status").asText()).isEqualTo("failed");
    assertThat(event.at("/deliveries/0/finished_at").asText()).endsWith("Z");
    assertThat(event.at("/deliveries/0/attempts/0/number").asInt()).isEqualTo(1);
    assertThat(event.at("/deliveries/0/attempts/0/worker").asText()).isEqualTo("worker-1");
    assertThat(event.at("/deliveries/0/attempts/0/outcome").asText()).isEqualTo("failed");
    assertThat(event.at("/deliveries/0/attempts/0/error/error").asText()).isEqualTo("TestFailure");
    assertThat(event.at("/deliveries/0/attempts/0/duration_ms").isNumber()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/events/none", "/events/%07", "/events/%EF%BF%BD", "/events/a%20b"})
  void unknownEvent_isNotFound(String path) {
    server.get(path).isProblem(404, "not_found");
    server.method("POST", path + "/replay").isProblem(404, "not_found");
    server.method("POST", path + "/cancel").isProblem(404, "not_found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/events/%FF", "/events/%C0%A0", "/events/%ED%A0%80"})
  void pathThatIsNotUtf8_isRefused(String path) {
    server.get(path).isProblem(400, "bad_request");
    server.method("POST", path + "/replay").isProblem(400, "bad_request");
    server.method("POST", path + "/cancel").isProblem(400, "bad_request");
  }
}
