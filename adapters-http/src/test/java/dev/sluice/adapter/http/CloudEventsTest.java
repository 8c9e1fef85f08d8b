package dev.sluice.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonFormat;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CloudEventsTest {

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

  private static void assertComplete(Answer answer) {
    answer.hasStatus(202);
    assertThat(answer.text("event_type")).isEqualTo("com.example.paid");
    assertThat(answer.text("source")).isEqualTo("/shop");
    assertThat(answer.text("subject")).isEqualTo("order/7");
    assertThat(answer.text("occurred_at")).isEqualTo("2026-01-02T02:04:05.678Z");
    assertThat(answer.text("key")).isEqualTo("customer-7");
    assertThat(answer.text("traceparent")).startsWith("00-0af7651916cd43dd");
    assertThat(answer.json().at("/extensions/priority").asText()).isEqualTo("5");
    assertThat(answer.json().at("/payload/n").asDouble()).isEqualTo(1.0);
  }

  @Test
  void structuredEvent_isAccepted() {
    Answer answer = calls.sendStructured(CloudEventCalls.event("ce-structured").build());

    assertComplete(answer);
    assertThat(answer.header("Location")).isEqualTo("/events/ce-structured");
  }

  @Test
  void binaryEvent_isAccepted() {
    Answer answer = calls.sendBinary(CloudEventCalls.event("ce-binary").build());

    assertComplete(answer);
    assertThat(answer.body()).contains("\"payload\":{\"n\": 1.0}");
  }

  @Test
  void batch_isAcceptedOneByOne() {
    byte[] one = new JsonFormat().serialize(CloudEventCalls.event("ce-batch-0").build());
    byte[] two = new JsonFormat().serialize(CloudEventCalls.event("ce-batch-1").build());
    String body = "[" + new String(one, UTF_8) + "," + new String(two, UTF_8) + ",{}]";

    JsonNode answer = server.post("/events", BATCH, body).hasStatus(202).json();

    assertThat(answer.path("accepted").asInt()).isEqualTo(2);
    assertThat(answer.path("rejected").asInt()).isEqualTo(1);
    assertComplete(new Answer(202, server.get("/stats").headers(), foundBody("ce-batch-1")));
  }

  private static String foundBody(String id) {
    return server.get("/events/" + id).hasStatus(200).body();
  }

  @Test
  void repeatedEvent_isDuplicateInAnyMode() {
    calls.sendStructured(CloudEventCalls.event("ce-again").build()).hasStatus(202);

    calls.sendBinary(CloudEventCalls.event("ce-again").build()).isProblem(409, "duplicate_event");
  }

  @Test
  void eventWithoutData_hasNullAsPayload() {
    CloudEvent event =
        CloudEventBuilder.v1()
            .withId("ce-empty")
            .withType("t")
            .withSource(URI.create("/s"))
            .build();

    assertThat(calls.sendBinary(event).hasStatus(202).json().path("payload").isNull()).isTrue();
    calls.sendStructured(event).isProblem(409, "duplicate_event");
  }

  @Test
  void bytesInJson_becomeBase64() {
    CloudEvent event =
        CloudEventBuilder.from(CloudEventCalls.event("ce-bytes").build())
            .withData("application/octet-stream", new byte[] {0, 1, -1})
            .build();

    Answer answer = calls.sendStructured(event).hasStatus(202);

    assertThat(answer.json().at("/payload/data_base64").asText()).isEqualTo("AAH/");
    assertThat(answer.json().at("/extensions/datacontenttype").asText())
        .isEqualTo("application/octet-stream");
  }

  @Test
  void bytesInBinaryMode_becomeBase64() {
    CloudEvent event =
        CloudEventBuilder.from(CloudEventCalls.event("ce-bytes-2").build())
            .withData("application/octet-stream", new byte[] {0, 1, -1})
            .build();

    Answer answer = calls.sendBinary(event).hasStatus(202);

    assertThat(answer.json().at("/payload/data_base64").asText()).isEqualTo("AAH/");
    assertThat(answer.json().at("/extensions/datacontenttype").asText())
        .isEqualTo("application/octet-stream");
  }

  @Test
  void textInBinaryMode_becomesAString() {
    CloudEvent event =
        CloudEventBuilder.from(CloudEventCalls.event("ce-text").build())
            .withData("text/plain", "say \"hé\"\n".getBytes(UTF_8))
            .build();

    assertThat(calls.sendBinary(event).hasStatus(202).json().path("payload").asText())
        .isEqualTo("say \"hé\"\n");
  }

  @Test
  void encodedHeaders_areDecoded() {
    HttpRequest.Builder request =
        server
            .request("/events")
            .header("ce-specversion", "1.0")
            .header("ce-id", "ce-%C3%A9%20100%25 %22q%22")
            .header("ce-type", "t")
            .header("ce-source", "/a+b")
            .POST(BodyPublishers.noBody());

    Answer answer = server.call(request).hasStatus(202);

    assertThat(answer.eventId()).isEqualTo("ce-é 100% \"q\"");
    assertThat(answer.text("source")).isEqualTo("/a+b");
  }

  @Test
  void missingAttributes_areNamedTogether() {
    Answer answer = server.post("/events", STRUCTURED, "{\"data\":1}");

    answer.isProblem(400, "invalid_event");
    assertThat(answer.pointers())
        .containsExactlyInAnyOrder("/specversion", "/id", "/source", "/type");
  }

  @Test
  void missingHeaders_areNamedTogether() {
    Answer answer =
        server.call(
            server
                .request("/events")
                .header("ce-specversion", "1.0")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("1")));

    answer.isProblem(400, "invalid_event");
    assertThat(answer.pointers()).containsExactlyInAnyOrder("ce-id", "ce-source", "ce-type");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "specversion":"0.3","id":"x","source":"s","type":"t"               | /specversion
          "specversion":"1.0","id":7.5,"source":"s","type":"t"               | /id
          "specversion":"1.0","id":"","source":"s","type":"t"                | /id
          "specversion":"1.0","id":null,"source":"s","type":"t"              | /id
          "specversion":"1.0","id":"x","source":"s","type":"t","time":"noon" | /time
          "specversion":"1.0","id":"x","source":"s","type":"t","BAD":"v"     | /BAD
          "specversion":"1.0","id":"x","source":"s","type":"t","ext":{}      | /ext
          "specversion":"1.0","id":7,"source":"s","type":"t"                 | /id
          "specversion":"1.0","id":true,"source":"s","type":"t"              | /id
          "specversion":1.0,"id":"x","source":"s","type":"t"                 | /specversion
          "specversion":"1.0","id":"x","source":1,"type":"t"                 | /source
          "specversion":"1.0","id":"x","source":"s","type":{}                | /type
          "specversion":"1.0","id":"x","source":"s","type":"t","time":7      | /time
          "specversion":"1.0","id":"x","source":"s","type":"t","subject":""  | /subject
          "specversion":"1.0","id":"x","source":"s","type":"t","subject":5   | /subject
          "specversion":"1.0","id":"x","source":"s","type":"t","dataschema":5 | /dataschema
          "specversion":"1.0","id":"x","source":"s","type":"t","ext":1.0     | /ext
          "specversion":"1.0","id":"x","source":"s","type":"t","ext":2147483648 | /ext
          "specversion":"1.0","id":"x","source":"s","type":"t","ext":1,"ext":1 | /ext
          "specversion":"1.0","id":"x","id":"y","source":"s","type":"t"      | /id
          "specversion":"1.0","id":"x","source":"s","type":"t","partitionkey":"a","key":"b" | /key
          "specversion":"1.0","id":"x","source":"s","type":"t","data_base64":"A" | /data_base64
          "specversion":"1.0","id":"x","source":"s","type":"t","data_base64":"_-8=" | /data_base64
          "specversion":"1.0","id":"x","source":"s","type":"t","data_base64":7 | /data_base64
          "specversion":"1.0","id":"x","source":"s","type":"t","data_base64":"?!" | /data_base64
          "specversion":"1.0","id":"x","source":"s","type":"t","data":1,"data_base64":"AA==" | /data_base64
          """)
  void wrongAttribute_isNamed(String members, String pointer) {
    Answer answer = server.post("/events", STRUCTURED, "{" + members + "}");

    answer.isProblem(400, "invalid_event");
    assertThat(answer.pointers()).containsOnly(pointer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "7", "{", "{\"id\":\"x\"} y"})
  void otherThanOneObject_isRefused(String body) {
    assertThat(server.post("/events", STRUCTURED, body).status()).isEqualTo(400);
  }

  @Test
  void brokenJsonInBinaryMode_isRefused() {
    CloudEvent event =
        CloudEventBuilder.from(CloudEventCalls.event("ce-broken").build())
            .withData("application/json", "{\"n\":".getBytes(UTF_8))
            .build();

    calls.sendBinary(event).isProblem(400, "invalid_json");
    server.get("/events/ce-broken").isProblem(404, "not_found");
  }

  @Test
  void invalidTextInBinaryMode_isRefused() {
    CloudEvent event =
        CloudEventBuilder.from(CloudEventCalls.event("ce-latin1").build())
            .withData("text/plain", new byte[] {'a', (byte) 0xE9, 'b'})
            .build();

    calls.sendBinary(event).isProblem(400, "invalid_event");
  }
}
