package dev.sluice.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Variants of CloudEvents that other programs send, compared with the bindings of version 1.0.2.
final class CloudEventSpellingTest {

  private static final String STRUCTURED = "application/cloudevents+json";
  private static final String BATCH = "application/cloudevents-batch+json";
  private static TestServer server;
  private static CloudEventCalls calls;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    calls = new CloudEventCalls(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String structured(String id, String members) {
    return "{\"specversion\":\"1.0\",\"id\":\""
        + id
        + "\",\"source\":\"/s\",\"type\":\"t\","
        + members
        + "}";
  }

  @ParameterizedTest
  @ValueSource(strings = {"+/8=", "+\\/8=", "\\u002B/8\\u003d", "+/8"})
  void base64_isReadHoweverItIsSpelled(String text) {
    String id = "ce-base64-" + text.hashCode();

    Answer answer =
        server
            .post("/events", STRUCTURED, structured(id, "\"data_base64\":\"" + text + "\""))
            .hasStatus(202);

    assertThat(answer.body()).contains("\"payload\":{\"data_base64\":\"+/8=\"}");
  }

  @Test
  void nullIsAsGoodAsAbsent() {
    Answer answer =
        server
            .post(
                "/events",
                STRUCTURED,
                structured(
                    "ce-null", "\"subject\":null,\"ext\":null,\"data_base64\":null,\"data\":1"))
            .hasStatus(202);

    assertThat(answer.json().path("payload").asInt()).isEqualTo(1);
    assertThat(answer.json().has("extensions")).isFalse();
  }

  @Test
  void integersAndBooleans_keepTheirTypes() {
    CloudEvent event =
        CloudEventBuilder.from(CloudEventCalls.event("ce-types").build())
            .withExtension("number", -5)
            .withExtension("flag", true)
            .withExtension("text", "5")
            .build();
    calls.sendStructured(event).hasStatus(202);

    JsonNode extensions = server.get("/events/ce-types").json().path("extensions");

    assertThat(extensions.path("number").isInt()).isTrue();
    assertThat(extensions.path("number").asInt()).isEqualTo(-5);
    assertThat(extensions.path("flag").isBoolean()).isTrue();
    assertThat(extensions.path("text").isTextual()).isTrue();
  }

  @Test
  void longAndEmptyAttributes_areKept() {
    String state = "vendor=" + "x".repeat(505);
    String uri = "https://example.com/" + "s".repeat(2_000);
    String members =
        "\"tracestate\":\"%s\",\"dataschema\":\"%s\",\"empty\":\"\",\"long\":\"%s\",\"traceparent\":\"\""
            .formatted(state, uri, "y".repeat(4_000));

    Answer answer =
        server.post("/events", STRUCTURED, structured("ce-long", members)).hasStatus(202);

    assertThat(answer.text("tracestate")).isEqualTo(state);
    assertThat(answer.json().at("/extensions/dataschema").asText()).isEqualTo(uri);
    assertThat(answer.json().at("/extensions/empty").asText("missing")).isEmpty();
    assertThat(answer.json().at("/extensions/long").asText()).hasSize(4_000);
    assertThat(answer.json().has("traceparent")).isFalse();
  }

  @Test
  void extensionKey_isTheOrderingKey() {
    Answer answer =
        server.post("/events", STRUCTURED, structured("ce-key", "\"key\":\"k-7\"")).hasStatus(202);

    assertThat(answer.text("key")).isEqualTo("k-7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/xml",
        "application/soap+xml; charset=utf-8",
        "text/xml",
        "Text/Plain"
      })
  void xmlAndText_areTheSameInBothModes(String contentType) {
    CloudEvent event =
        CloudEventBuilder.from(CloudEventCalls.event("ce-xml-" + contentType.hashCode()).build())
            .withData(contentType, "<much wow=\"é\"/>".getBytes(UTF_8))
            .build();
    String data = "\"datacontenttype\":\"" + contentType + "\",\"data\":\"<much wow=\\\"é\\\"/>\"";

    Answer binary = calls.sendBinary(event).hasStatus(202);

    assertThat(binary.json().path("payload").asText()).isEqualTo("<much wow=\"é\"/>");
    assertThat(binary.json().at("/extensions/datacontenttype").asText()).isEqualTo(contentType);
    String same =
        structured(event.getId(), data)
            .replace("\"/s\"", "\"/shop\"")
            .replace("\"t\"", "\"com.example.paid\"");
    server.post("/events", STRUCTURED, same).isProblem(409, "duplicate_event");
  }

  @Test
  void textInAnotherCharset_isDecoded() {
    CloudEvent event =
        CloudEventBuilder.from(CloudEventCalls.event("ce-charset").build())
            .withData("text/plain; charset=ISO-8859-1", new byte[] {'h', (byte) 0xE9})
            .build();

    assertThat(calls.sendBinary(event).hasStatus(202).json().path("payload").asText())
        .isEqualTo("hé");
  }

  @Test
  void jsonMediaType_isKeptInBinaryMode() {
    CloudEvent event =
        CloudEventBuilder.from(CloudEventCalls.event("ce-json-type").build())
            .withData("application/vnd.shop+json", "{}".getBytes(UTF_8))
            .build();

    assertThat(
            calls
                .sendBinary(event)
                .hasStatus(202)
                .json()
                .at("/extensions/datacontenttype")
                .asText())
        .isEqualTo("application/vnd.shop+json");
  }

  private static Answer sendHeaders(String... more) {
    HttpRequest.Builder request =
        server
            .request("/events")
            .header("ce-specversion", "1.0")
            .header("ce-type", "t")
            .header("ce-source", "/s")
            .POST(BodyPublishers.noBody());
    for (int index = 0; index < more.length; index += 2) {
      request.header(more[index], more[index + 1]);
    }
    return server.call(request);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "ce quoted"            | ce quoted
          "ce \\"q\\" \\\\" | ce "q" \\
          "ce-%E2%82%AC"         | ce-€
          ce-"inside"            | ce-"inside"
          "ce-open               | "ce-open
          ce-%f0%9f%98%80        | ce-😀
          ce-%EF%BF%BD           | ce-\uFFFD
          %63%65-plain           | ce-plain
          """)
  void headerValue_isUnquotedAndDecodedOnce(String sent, String id) {
    assertThat(sendHeaders("ce-id", sent).hasStatus(202).eventId()).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dup%FF", "dup%FE", "%C0%A0", "%ED%A0%80", "100%", "%zz", "%u20ac"})
  void headerThatIsNotUtf8_isRefused(String id) {
    Answer answer = sendHeaders("ce-id", id).isProblem(400, "invalid_event");

    assertThat(answer.pointers()).containsExactly("ce-id");
  }

  @Test
  void attributeSentTwice_isRefused() {
    assertThat(
            sendHeaders("ce-id", "twice", "ce-id", "twice")
                .isProblem(400, "invalid_event")
                .pointers())
        .containsExactly("ce-id");
    assertThat(
            sendHeaders(
                    "ce-id", "x", "Content-Type", "text/plain", "ce-datacontenttype", "text/plain")
                .isProblem(400, "invalid_event")
                .pointers())
        .containsExactly("ce-datacontenttype");
    assertThat(sendHeaders("ce-id", "x", "ce-data", "1").isProblem(400, "invalid_event").pointers())
        .containsExactly("ce-data");
  }

  @Test
  void emptyBatch_isAccepted() {
    JsonNode answer = server.post("/events", BATCH, "[]").hasStatus(202).json();

    assertThat(answer.path("accepted").asInt()).isZero();
    assertThat(answer.path("complete").asBoolean()).isTrue();
    assertThat(answer.path("results")).isEmpty();
  }

  @Test
  void eventOfEverySdkType_comesBackEqual() {
    CloudEvent event =
        CloudEventBuilder.from(CloudEventCalls.event("ce-sdk").build())
            .withDataSchema(URI.create("https://example.com/schema?v=1"))
            .withTime(OffsetDateTime.parse("2026-01-02T03:04:05.123456789-08:30"))
            .withExtension("uri", URI.create("urn:x"))
            .withExtension("when", OffsetDateTime.parse("2026-01-02T03:04:05Z"))
            .withExtension("bytes", new byte[] {1, 2})
            .build();

    JsonNode structured = calls.sendStructured(event).hasStatus(202).json();
    calls.sendBinary(event).isProblem(409, "duplicate_event");
    JsonNode binary =
        calls
            .sendBinary(CloudEventBuilder.from(event).withId("ce-sdk-2").build())
            .hasStatus(202)
            .json();

    for (String name : new String[] {"uri", "when", "bytes", "dataschema"}) {
      assertThat(binary.at("/extensions/" + name)).isEqualTo(structured.at("/extensions/" + name));
    }
    assertThat(binary.path("occurred_at")).isEqualTo(structured.path("occurred_at"));
  }
}
