package dev.sluice.adapter.webhook;

import static dev.sluice.adapter.webhook.SenderFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A request is sent once, as it is, and nothing is followed, repeated or remembered.
final class WebhookSenderTest {

  private static final int MOST_REQUESTS = 10;

  private final SenderFixture fixture = new SenderFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  /// Answers each request of a connection.
  private static RawReceiver answering(String head, String body) throws IOException {
    return new RawReceiver(
        receiver -> {
          for (int i = 0; i < MOST_REQUESTS; i++) {
            receiver.readRequest();
            receiver.send(
                "HTTP/1.1 " + head + "\r\ncontent-length: " + body.length() + "\r\n\r\n" + body);
          }
        });
  }

  private static SendResult.Responded responded(SendResult result) {
    assertThat(result).isInstanceOf(SendResult.Responded.class);
    return (SendResult.Responded) result;
  }

  @Test
  void request_arrivesAsItIs() throws Exception {
    try (var receiver = answering("200 OK", "")) {
      fixture.send(receiver, LONG);

      String request = receiver.requests().getFirst();
      String head = request.substring(0, request.indexOf("\r\n\r\n")).toLowerCase(Locale.ROOT);
      assertThat(request).startsWith("POST /in?a=b HTTP/1.1\r\n").endsWith(SenderFixture.BODY);
      assertThat(head.lines().skip(1))
          .containsExactlyInAnyOrder(
              "host: receiver.test:" + receiver.port(),
              "content-type: application/json",
              "content-length: 15",
              "webhook-id: evt-1",
              "user-agent: sluice/test",
              "connection: keep-alive");
    }
  }

  @Test
  void response_isKeptWithHeadersOfInterestAndTimes() throws Exception {
    try (var receiver = answering("201 Created\r\nX-Request-Id: r1\r\nx-other: o", "thanks")) {
      SendResult.Responded response = responded(fixture.send(receiver, LONG));

      assertThat(response.status()).isEqualTo(201);
      assertThat(response.headers()).isEqualTo(Map.of("x-request-id", "r1"));
      assertThat(response.body().text()).isEqualTo("thanks");
      assertThat(response.body().isCut()).isFalse();
      assertThat(response.times().resolve()).isPresent();
      assertThat(response.times().connect()).isPresent();
      assertThat(response.times().firstByte()).isPresent();
      assertThat(response.times().tls()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"true, 443, -1", "false, 80, -1", "true, 80, 80", "false, 8080, 8080"})
  void hostHeader_namesNoPortOfTheScheme(boolean isTls, int port, int expected) {
    assertThat(new WebhookUrl(isTls, "receiver.test", port, "/in").portOfHostHeader())
        .isEqualTo(expected);
  }

  @Test
  void connection_isUsedAgain() throws Exception {
    try (var receiver = answering("200 OK", "x".repeat(ResponseBody.READ))) {
      fixture.send(receiver, LONG);
      SendResult.Responded second = responded(fixture.send(receiver, LONG));

      assertThat(receiver.connections()).isEqualTo(1);
      assertThat(second.times().connect()).isEmpty();
      assertThat(second.body().isCut()).isTrue();
      assertThat(fixture.names.asked()).containsExactly("receiver.test");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "302 Found|location: http://127.0.0.1:1/|302",
        "307 Temporary Redirect|location: /other|307",
        "503 Service Unavailable|retry-after: 0|503",
        "429 Too Many Requests|retry-after: 0|429",
        "401 Unauthorized|www-authenticate: Basic realm=\"x\"|401",
        "200 OK|set-cookie: a=b|200",
      })
  void response_isNeitherFollowedNorRepeated(String line, String header, int status)
      throws Exception {
    try (var receiver = answering(line + "\r\n" + header, "")) {
      assertThat(responded(fixture.send(receiver, LONG)).status()).isEqualTo(status);
      assertThat(responded(fixture.send(receiver, LONG)).status()).isEqualTo(status);

      assertThat(receiver.requests()).hasSize(2);
      assertThat(receiver.requests().getLast()).doesNotContainIgnoringCase("cookie");
    }
  }

  @Test
  void compressedBody_isNotUnpacked() throws Exception {
    try (var receiver = answering("200 OK\r\ncontent-encoding: gzip", "no gzip at all")) {
      assertThat(responded(fixture.send(receiver, LONG)).body().text()).isEqualTo("no gzip at all");
    }
  }

  @Test
  void reusedConnectionClosedBeforeAnswer_isReplacedOnce() throws Exception {
    var connections = new AtomicInteger();
    RawReceiver.Script script =
        receiver -> {
          boolean isFirst = connections.incrementAndGet() == 1;
          receiver.readRequest();
          receiver.send("HTTP/1.1 204 No Content\r\n\r\n");
          receiver.readRequest();
          if (isFirst) {
            receiver.reset();
          }
        };
    try (var receiver = new RawReceiver(script)) {
      fixture.send(receiver, LONG);

      assertThat(responded(fixture.send(receiver, LONG)).status()).isEqualTo(204);
      assertThat(receiver.requests()).hasSize(3);
      assertThat(receiver.connections()).isEqualTo(2);
    }
  }

  @Test
  void reusedConnectionClosedWithinAnswer_isNotReplaced() throws Exception {
    RawReceiver.Script script =
        receiver -> {
          receiver.readRequest();
          receiver.send("HTTP/1.1 204 No Content\r\n\r\n");
          receiver.readRequest();
          receiver.send("HTTP/1");
        };
    try (var receiver = new RawReceiver(script)) {
      fixture.send(receiver, LONG);

      assertThat(fixture.send(receiver, LONG)).isInstanceOf(SendResult.Failed.class);
      assertThat(receiver.requests()).hasSize(2);
    }
  }

  @Test
  void interruptedThread_stops() throws Exception {
    var started = new CountDownLatch(1);
    RawReceiver.Script script =
        receiver -> {
          receiver.readRequest();
          started.countDown();
          receiver.fallSilent();
        };
    try (var receiver = new RawReceiver(script)) {
      var result = new AtomicReference<SendResult>();
      Thread sending = Thread.ofVirtual().start(() -> result.set(fixture.send(receiver, LONG)));
      assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();

      sending.interrupt();

      assertThat(sending.join(Duration.ofSeconds(30))).isTrue();
      assertThat(result.get())
          .isInstanceOfSatisfying(
              SendResult.Failed.class,
              failed -> assertThat(failed.kind()).isEqualTo(FailureKind.INTERRUPTED));
    }
  }

  @Test
  void headerThatWouldChangeTheRequest_isRefused() {
    var url = new WebhookUrl(true, "receiver.test", 443, "/");

    for (String value : new String[] {"a\r\nb: c", "é", "x".repeat(4_097)}) {
      assertThatThrownBy(() -> new WebhookRequest(url, Map.of("a", value), new byte[0], LONG))
          .hasMessageContaining("one line");
    }
    assertThatThrownBy(() -> new WebhookRequest(url, Map.of("a b", "c"), new byte[0], LONG))
        .hasMessageContaining("not a header name");
    assertThatThrownBy(() -> new WebhookRequest(url, Map.of(), new byte[0], Duration.ofSeconds(31)))
        .hasMessageContaining("at most 30 s");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Host", "content-length", "Transfer-Encoding", "connection", "expect"})
  void headerOfTheConnection_isRefused(String name) {
    var url = new WebhookUrl(true, "receiver.test", 443, "/");

    assertThatThrownBy(() -> new WebhookRequest(url, Map.of(name, "1"), new byte[0], LONG))
        .hasMessageContaining("about the connection");
  }
}
