package dev.sluice.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class LimitsTest {

  private static final int MAX_PAYLOAD = 1_000;
  private static TestServer server;

  @BeforeAll
  static void start() {
    var limits =
        new HttpSettings.Limits(
            MAX_PAYLOAD, 100, 5_000, 20_000, 8 * 1_024, 100, Duration.ofSeconds(30), 0, 1);
    server = TestServer.start(Setup.USUAL.withLimits(limits));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String eventOfLength(int length) {
    String begin = "{\"payload\":\"";
    return begin + "x".repeat(length - begin.length() - 2) + "\"}";
  }

  private static Answer chunked(String contentType, String body) {
    return server.call(
        server
            .request("/events")
            .header("Content-Type", contentType)
            .POST(
                BodyPublishers.ofInputStream(
                    () -> new ByteArrayInputStream(body.getBytes(UTF_8)))));
  }

  @Test
  void largestEvent_isAcceptedAndOneByteMoreIsRefused() {
    server.post(eventOfLength(MAX_PAYLOAD)).hasStatus(202);

    Answer refused =
        server.post(eventOfLength(MAX_PAYLOAD + 1)).isProblem(413, "payload_too_large");

    assertThat(refused.text("detail")).contains("1000 bytes");
  }

  @Test
  void largestChunkedEvent_isAcceptedAndOneByteMoreIsRefused() {
    chunked("application/json", eventOfLength(MAX_PAYLOAD)).hasStatus(202);

    chunked("application/json", eventOfLength(MAX_PAYLOAD + 1)).isProblem(413, "payload_too_large");
  }

  @Test
  void hugeLength_isRefusedBeforeItIsSent() {
    String answer =
        server.send(
            """
            POST /events HTTP/1.1\r
            Host: localhost\r
            Content-Type: application/json\r
            Content-Length: 9223372036854775807\r
            \r
            """);

    assertThat(answer).startsWith("HTTP/1.1 413").contains("payload_too_large");
  }

  @Test
  void spacesBeforeAnArray_doNotCountAsItsOwnLimit() {
    chunked("application/json", " ".repeat(1_500) + "[" + eventOfLength(500) + "]").hasStatus(202);

    chunked("application/json", " ".repeat(1_500) + eventOfLength(500))
        .isProblem(413, "payload_too_large");
  }

  @Test
  void overLargeArray_isRefused() {
    chunked("application/json", "[" + "{\"payload\":1},".repeat(500) + "{}]")
        .isProblem(413, "payload_too_large");
  }

  @Test
  void overLargeCloudEvent_isRefused() {
    server
        .post("/events", "application/cloudevents+json", eventOfLength(MAX_PAYLOAD + 1))
        .isProblem(413, "payload_too_large");
  }

  @Test
  void overLargeStream_isRefusedAfterWhatFits() {
    Answer refused = chunked("application/x-ndjson", (eventOfLength(100) + "\n").repeat(1_000));

    refused.isProblem(413, "payload_too_large");
    assertThat(refused.text("detail")).contains("20000");
  }

  @Test
  void overLongStreamLine_isRefusedAlone() {
    Answer answer =
        chunked(
            "application/x-ndjson",
            eventOfLength(MAX_PAYLOAD) + "\n" + eventOfLength(MAX_PAYLOAD + 1) + "\n");

    assertThat(answer.json().path("results").findValuesAsText("outcome"))
        .containsExactly("accepted", "rejected");
  }
}
