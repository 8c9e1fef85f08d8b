package dev.sluice.adapter.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BadInputTest {

  private static TestServer server;
  private static LogCapture log;

  @BeforeAll
  static void start() {
    log = LogCapture.start();
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
    log.close();
  }

  @AfterEach
  void nothingIsStoredOrLogged() {
    assertThat(server.stored()).isZero();
    assertThat(log.stackTraces()).isEmpty();
  }

  static Stream<String> notJson() {
    return Stream.of(
        "",
        "{",
        "{\"payload\":1",
        "{\"payload\":1}}",
        "{\"payload\":1} x",
        "{\"payload\":1}{\"payload\":2}",
        "{\"payload\":1},",
        "{\"payload\":1,}",
        "{payload:1}",
        "{'payload':1}",
        "{\"payload\":01}",
        "{\"payload\":+1}",
        "{\"payload\":.5}",
        "{\"payload\":5.}",
        "{\"payload\":1e}",
        "{\"payload\":0x1}",
        "{\"payload\":NaN}",
        "{\"payload\":Infinity}",
        "{\"payload\":nul}",
        "{\"payload\":True}");
  }

  static Stream<String> brokenInside() {
    return Stream.of(
        "{\"payload\":\"\t\"}",
        "{\"payload\":\"\u0000\"}",
        "{\"payload\":\"\\x\"}",
        "{\"payload\":\"\\u12\"}",
        "{\"payload\":\"open}",
        "{\"payload\":[1,]}",
        "{\"payload\":[1 2]}",
        "{\"payload\":{\"a\"}}",
        "{\"payload\":1 /* comment */}",
        "// comment\n{\"payload\":1}",
        "{\"payload\":" + "[".repeat(64) + "]".repeat(64) + "}",
        "{\"payload\":" + "{\"a\":".repeat(64) + "1" + "}".repeat(64) + "}",
        "{\"payload\":" + "[".repeat(100_000),
        "{\"payload\":" + "9".repeat(1_000) + "}",
        "{\"payload\":0." + "9".repeat(1_000) + "}",
        "{\"occurred_at\":" + "9".repeat(1_000) + ",\"payload\":1}",
        "text",
        "<event/>",
        "\u001f\u008b\u0008");
  }

  @ParameterizedTest
  @MethodSource({"notJson", "brokenInside"})
  void brokenJson_isRefused(String body) {
    server.post(body).isProblem(400, "invalid_json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                                 | /payload
          {"event_id":"x"}                                   | /payload
          {"event_id":7,"payload":1}                         | /event_id
          {"event_id":null,"payload":1}                      | /event_id
          {"event_id":{},"payload":1}                        | /event_id
          {"event_id":"","payload":1}                        | /event_id
          {"event_id":" ","payload":1}                       | /event_id
          {"event_id":"a\\u0000b","payload":1}               | /event_id
          {"event_id":"a\\nb","payload":1}                   | /event_id
          {"event_id":"a\\u0085b","payload":1}               | /event_id
          {"event_id":"\\ud800","payload":1}                 | /event_id
          {"event_id":"\\udc00\\ud800","payload":1}          | /event_id
          {"type":"","payload":1}                            | /type
          {"event_type":5,"payload":1}                       | /event_type
          {"event_type":"a","type":"a","payload":1}          | /type
          {"occurred_at":1,"timestamp":1,"payload":1}        | /timestamp
          {"occurred_at":"","payload":1}                     | /occurred_at
          {"occurred_at":"now","payload":1}                  | /occurred_at
          {"occurred_at":"2026-01-02","payload":1}           | /occurred_at
          {"occurred_at":"2026-01-02T03:04:05","payload":1}  | /occurred_at
          {"occurred_at":"2026-02-30T03:04:05Z","payload":1} | /occurred_at
          {"occurred_at":"2026-01-02T24:00:00Z","payload":1} | /occurred_at
          {"occurred_at":"2026-01-02T03:04:05+25:00","payload":1} | /occurred_at
          {"occurred_at":"+10000-01-02T03:04:05Z","payload":1} | /occurred_at
          {"occurred_at":true,"payload":1}                   | /occurred_at
          {"occurred_at":null,"payload":1}                   | /occurred_at
          {"occurred_at":[1],"payload":1}                    | /occurred_at
          {"occurred_at":1e300,"payload":1}                  | /occurred_at
          {"occurred_at":1e999999999,"payload":1}            | /occurred_at
          {"occurred_at":-1e15,"payload":1}                  | /occurred_at
          {"occurred_at":1e99999999999,"payload":1}          | /occurred_at
          {"occurred_at":"2026-01-02T03:04:05.Z","payload":1} | /occurred_at
          {"payload":1,"payload":2}                          | /payload
          {"payload":1,"p\\u0061yload":1}                   | /payload
          {"event_id":"x","event_id":"x","payload":1}        | /event_id
          {"key":"x","key":"x","payload":1}                  | /key
          {"\\udfaa":1,"payload":1}                         | /\uFFFD
          {"specversion":"1.0","id":"x","source":"s","type":"t","data":1} | /specversion
          {"source":"","payload":1}                          | /source
          {"source":5,"payload":1}                           | /source
          {"subject":"\\u0007","payload":1}                  | /subject
          {"key":false,"payload":1}                          | /key
          {"traceparent":[],"payload":1}                     | /traceparent
          {"paylod":1,"payload":1}                           | /paylod
          {"a/b~c":1,"payload":1}                            | /a~1b~0c
          {"":1,"payload":1}                                 | /
          {"status":"completed","payload":1}                 | /status
          7                                                  | ``
          "text"                                             | ``
          null                                               | ``
          true                                               | ``
          """)
  void wrongMember_isNamed(String body, String pointer) {
    Answer answer = server.post(body).isProblem(400, "invalid_event");

    assertThat(answer.pointers()).containsExactly(pointer);
  }

  static Stream<String> members() {
    return Stream.of("event_id", "event_type", "type", "key");
  }

  @ParameterizedTest
  @MethodSource("members")
  void overLongText_isNamed(String member) {
    Answer answer = server.post("{\"" + member + "\":\"" + "x".repeat(256) + "\",\"payload\":1}");

    assertThat(answer.isProblem(400, "invalid_event").pointers()).containsExactly("/" + member);
  }

  @ParameterizedTest
  @ValueSource(strings = {"source", "subject", "traceparent", "tracestate"})
  void overLongAttribute_isNamed(String member) {
    String text = "x".repeat(16 * 1024);

    Answer answer = server.post("{\"" + member + "\":\"" + text + "\",\"payload\":1}");

    assertThat(answer.isProblem(400, "invalid_event").pointers()).containsExactly("/" + member);
  }

  @Test
  void longName_isCutBetweenCharacters() {
    String name = "n".repeat(99) + "\uD83D\uDE00";

    Answer answer = server.post("{\"" + name + "\":1,\"payload\":1}");

    assertThat(answer.isProblem(400, "invalid_event").pointers())
        .containsExactly("/" + "n".repeat(99) + "…");
  }

  @Test
  void cloudEventSentAsJson_isToldItsMediaType() {
    Answer answer =
        server.post("{\"specversion\":\"1.0\",\"id\":\"x\",\"source\":\"s\",\"type\":\"t\"}");

    assertThat(answer.isProblem(400, "invalid_event").body())
        .contains("send it as application/cloudevents+json");
  }

  @Test
  void everythingWrong_isNamedAtOnce() {
    Answer answer = server.post("{\"event_id\":\"\",\"type\":1,\"occurred_at\":\"x\",\"y\":1}");

    assertThat(answer.isProblem(400, "invalid_event").pointers())
        .containsExactly("/event_id", "/type", "/occurred_at", "/y", "/payload");
  }

  @Test
  void manyProblems_areCut() {
    var body = new StringBuilder("{");
    for (int number = 0; number < 1_000; number++) {
      body.append("\"m").append(number).append("\":1,");
    }

    Answer answer = server.post(body + "\"payload\":1}").isProblem(400, "invalid_event");

    assertThat(answer.pointers()).hasSize(20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/xml",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-16",
        "application/json; charset=iso-8859-1",
        "application/cbor",
        "json",
        "*/*",
        ";",
        "application/jsonx",
        "application/cloudevents"
      })
  void unknownMediaType_isRefused(String contentType) {
    Answer answer = server.post("/events", contentType, "{\"payload\":1}");

    answer.isProblem(415, "unsupported_media_type");
    assertThat(answer.header("Accept-Post")).contains("application/json");
  }

  static final java.util.List<Charset> CHARSETS =
      java.util.List.of(
          UTF_16BE, UTF_16LE, Charset.forName("UTF-32BE"), Charset.forName("UTF-32LE"));

  @ParameterizedTest
  @FieldSource("CHARSETS")
  void otherEncoding_isRefused(Charset charset) {
    server.post("{\"payload\":1}".getBytes(charset)).isProblem(400, "invalid_json");
    server.post("\uFEFF{\"payload\":1}".getBytes(charset)).isProblem(400, "invalid_json");
    server.post("[{\"payload\":1}]".getBytes(charset)).isProblem(400, "invalid_json");
  }

  @Test
  void byteOrderMark_isRefused() {
    server.post("\uFEFF{\"payload\":1}".getBytes(UTF_8)).isProblem(400, "invalid_json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u00e9",
        "\u00c3",
        "\u00ff",
        "\u0080",
        "\u00c0\u00af",
        "\u00e0\u0080\u00af",
        "\u00ed\u00a0\u0080",
        "\u00ed\u00a0\u00bd\u00ed\u00b8\u0080",
        "\u00f4\u0090\u0080\u0080",
        "\u00f8\u0088\u0080\u0080\u0080"
      })
  void invalidUtf8_isRefusedEverywhere(String bytes) {
    for (String body :
        new String[] {
          "{\"payload\":\"" + bytes + "\"}",
          "{\"payload\":{\"" + bytes + "\":1}}",
          "[{\"payload\":\"" + bytes + "\"}]"
        }) {
      Answer answer = server.post(body.getBytes(ISO_8859_1));
      assertThat(answer.status()).as(body).isEqualTo(400);
      assertThat(answer.text("code")).isIn("invalid_json", "invalid_event", "invalid_batch");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"deflate", "br", "zstd", "gzip, gzip", "identity, gzip"})
  void encodedBody_isRefused(String encoding) {
    for (String contentType : new String[] {"application/json", "application/x-ndjson"}) {
      server
          .call(
              server
                  .request("/events")
                  .header("Content-Type", contentType)
                  .header("Content-Encoding", encoding)
                  .POST(BodyPublishers.ofString("{\"payload\":1}")))
          .isProblem(415, "unsupported_media_type");
    }
  }

  @Test
  void overLargeBody_isRefused() {
    String body = "{\"payload\":\"" + "x".repeat(1 << 20) + "\"}";

    server.post(body).isProblem(413, "payload_too_large");
  }

  @Test
  void withoutBody_isRefused() {
    server.method("POST", "/events").isProblem(400, "invalid_json");
  }
}
