package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SingleEventTest {

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void everyMember_isKept() {
    Answer answer =
        server.post(
            """
            {"event_id": "all-1", "event_type": "order.paid", "occurred_at": "2026-01-02T03:04:05.678Z",
             "source": "/shop", "subject": "order/7", "key": "customer-7",
             "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
             "payload": {"n": 1}}
            """);

    answer.hasStatus(202);
    assertThat(answer.eventId()).isEqualTo("all-1");
    assertThat(answer.text("event_type")).isEqualTo("order.paid");
    assertThat(answer.text("occurred_at")).isEqualTo("2026-01-02T03:04:05.678Z");
    assertThat(answer.text("source")).isEqualTo("/shop");
    assertThat(answer.text("subject")).isEqualTo("order/7");
    assertThat(answer.text("key")).isEqualTo("customer-7");
    assertThat(answer.text("traceparent")).startsWith("00-0af7651916cd43dd");
  }

  @Test
  void everyMember_isFoundAgain() {
    server.post(
        "{\"event_id\":\"all-2\",\"type\":\"a\",\"source\":\"s\",\"subject\":\"u\",\"key\":\"k\",\"payload\":[]}");

    Answer found = server.await("all-2", "completed");

    assertThat(found.text("source") + found.text("subject") + found.text("key")).isEqualTo("suk");
    assertThat(found.text("event_type")).isEqualTo("a");
    assertThat(found.json().path("attempts").asInt()).isEqualTo(1);
    assertThat(found.text("completed_at")).endsWith("Z");
  }

  @Test
  void payloadAlone_getsDefaults() {
    Instant before = Instant.now().minusMillis(1);

    Answer answer = server.post("{\"payload\":null}").hasStatus(202);

    assertThat(answer.eventId()).isNotBlank();
    assertThat(answer.text("event_type")).isEqualTo("default");
    assertThat(Instant.parse(answer.text("occurred_at"))).isBetween(before, Instant.now());
    assertThat(answer.text("received_at")).isEqualTo(answer.text("occurred_at"));
    assertThat(answer.json().has("source")).isFalse();
    assertThat(answer.text("status")).isEqualTo("received");
  }

  @Test
  void withoutContentType_isTakenAsJson() {
    Answer answer =
        server.call(
            server
                .request("/events")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{\"payload\":1}")));

    assertThat(answer.status()).isEqualTo(202);
  }

  @Test
  void aliases_meanTheSame() {
    Answer answer =
        server.post("{\"type\":\"t.x\",\"timestamp\":\"2026-01-02T03:04:05Z\",\"payload\":1}");

    assertThat(answer.text("event_type")).isEqualTo("t.x");
    assertThat(answer.text("occurred_at")).isEqualTo("2026-01-02T03:04:05.000Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "2026-01-02T03:04:05Z"             | 2026-01-02T03:04:05.000Z
          "2026-01-02T03:04:05.6Z"           | 2026-01-02T03:04:05.600Z
          "2026-01-02T03:04:05.123456789Z"   | 2026-01-02T03:04:05.123Z
          "2026-01-02T03:04:05+01:00"        | 2026-01-02T02:04:05.000Z
          "2026-01-02T03:04:05.5-08:30"      | 2026-01-02T11:34:05.500Z
          1767323045                         | 2026-01-02T03:04:05.000Z
          1767323045.678                     | 2026-01-02T03:04:05.678Z
          1767323045678                      | 2026-01-02T03:04:05.678Z
          1767323045678.9                    | 2026-01-02T03:04:05.678Z
          1.767323045e9                      | 2026-01-02T03:04:05.000Z
          0                                  | 1970-01-01T00:00:00.000Z
          -1                                 | 1969-12-31T23:59:59.000Z
          """)
  void time_isReadInEveryForm(String sent, String shown) {
    Answer answer = server.post("{\"occurred_at\":" + sent + ",\"payload\":1}").hasStatus(202);

    assertThat(answer.text("occurred_at")).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ \"b\" : 1,\n\t\"a\":[ ] }",
        "[1, 1.0, 1e0, 1E+2, -0, 0.10]",
        "\"text with \\u00e9 and é and \\\"\"",
        "12345678901234567890.123456789012345678901234567890",
        "1e400",
        "true",
        "false",
        "null",
        "{}",
        "[]",
        "\"\"",
        "0",
        "\"😀 \\ud83d\\ude00\"",
        "{\"git_ssh_url\":\"a\",\"n\":{\"git_ssh_url\":1},\"git_ssh_url\":\"b\"}",
        "{\"\\udfaa\":0}",
        "\"\\udfaa\"",
        "[1e99999999999]"
      })
  void payload_isKeptToTheLetter(String payload) {
    Answer answer = server.post("{\"payload\":  " + payload + "  }").hasStatus(202);

    assertThat(answer.body()).contains("\"payload\":" + payload);
    assertThat(server.get(answer.header("Location")).body()).contains("\"payload\":" + payload);
  }

  @Test
  void longNameInThePayload_isKept() {
    String payload = "{\"" + "n".repeat(100_000) + "\":1}";

    Answer answer = server.post("{\"payload\":" + payload + "}").hasStatus(202);

    assertThat(server.get(answer.header("Location")).body().contains(payload)).isTrue();
  }

  @Test
  void payload_isKeptWhereverItStands() {
    Answer answer = server.post("{\"payload\":\"first\",\"event_id\":\"order-of-members\"}");

    assertThat(answer.body()).contains("\"payload\":\"first\"").contains("order-of-members");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain-1",
        "a/b",
        "with space",
        "ü-😀",
        "100%",
        "a+b",
        "q?x=1&y",
        "#hash",
        "..",
        ".",
        "%2F",
        "semi;colon",
        "{id}",
        "a\\\\b",
        "quote\\\"d",
        "replay",
        "x/replay",
        "~",
        "日本語"
      })
  void anyId_isFoundThroughItsLocation(String id) {
    Answer answer = server.post("{\"event_id\":\"" + id + "\",\"payload\":1}").hasStatus(202);

    Answer found = server.get(answer.header("Location")).hasStatus(200);

    assertThat(found.eventId()).isEqualTo(answer.eventId());
    assertThat(answer.json().path("event_id")).isEqualTo(Answer.read("\"" + id + "\""));
  }

  @Test
  void longestId_isCountedInCharacters() {
    String id = "😀".repeat(255);

    Answer answer = server.post("{\"event_id\":\"" + id + "\",\"payload\":1}").hasStatus(202);

    assertThat(server.get(answer.header("Location")).eventId()).isEqualTo(id);
  }
}
