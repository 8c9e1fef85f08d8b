package dev.sluice.adapter.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.contract.Eventually;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HostileTransportTest {

  private static final String EVENT = "{\"payload\":1}";
  private static final String POST =
      "POST /events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
  private static TestServer server;
  private static LogCapture log;

  @BeforeAll
  static void start() {
    log = LogCapture.start();
    HttpSettings.Limits usual = HttpSettings.Limits.DEFAULT;
    var limits =
        new HttpSettings.Limits(
            usual.maxPayloadBytes(),
            usual.maxBatch(),
            usual.maxBatchBytes(),
            usual.maxStreamBytes(),
            usual.maxBufferedBytes(),
            usual.maxConnections(),
            Duration.ofMillis(300),
            0,
            1);
    server = TestServer.start(Setup.USUAL.withLimits(limits));
  }

  @AfterAll
  static void stop() {
    server.close();
    log.close();
  }

  @AfterEach
  void serverIsWell() {
    server.get("/health").hasStatus(200);
    assertThat(server.stored()).isZero();
    assertThat(log.stackTraces()).isEmpty();
  }

  static Stream<String> hostileHeads() {
    return Stream.of(
        "G@T /events HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "\u0000\u0001 /events HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET\r\n\r\n",
        "GET /events\r\nHost: localhost\r\n\r\n",
        "GET  /events HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /events HTTP/1.1\nHost: localhost\n\n",
        "GET /ev ents HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /events/%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /events?% HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET events HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "\r\n\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n",
        "GET /events HTTP/1.1\r\nHost\r\n\r\n",
        "GET /events HTTP/1.1\r\nHost: localhost\r\nBad Header: 1\r\n\r\n",
        "GET /events HTTP/1.1\r\nHost: localhost\r\nA: b\u0000c\r\n\r\n",
        "GET /events HTTP/1.1\r\n\r\n",
        "GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /events HTTP/1.1\r\nHost: localhost\r\nA: " + "x".repeat(40_000) + "\r\n\r\n");
  }

  static Stream<String> hostileBodies() {
    return Stream.of(
        POST + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
        POST + "Transfer-Encoding: chunked\r\n\r\n-1\r\n{}\r\n0\r\n\r\n",
        POST + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{}\r\n0\r\n\r\n",
        POST
            + "Content-Length: 13\r\nTransfer-Encoding: chunked\r\n\r\nd\r\n"
            + EVENT
            + "\r\n0\r\n\r\n",
        POST + "Transfer-Encoding: gzip, chunked\r\n\r\nd\r\n" + EVENT + "\r\n0\r\n\r\n",
        POST + "Transfer-Encoding: gzip\r\n\r\n" + EVENT,
        POST + "Content-Length: 13\r\nContent-Length: 14\r\n\r\n" + EVENT,
        POST + "Content-Length: 13, 14\r\n\r\n" + EVENT,
        POST + "Content-Length: -1\r\n\r\n" + EVENT,
        POST + "Content-Length: many\r\n\r\n" + EVENT,
        POST + "Content-Length: 99999999999999999999\r\n\r\n" + EVENT,
        POST + "Content-Length: 50\r\n\r\n" + EVENT,
        POST + "Transfer-Encoding: chunked\r\n\r\nd\r\n" + EVENT,
        POST.replace("json", "x-ndjson") + "Content-Length: 500\r\n\r\n" + EVENT.substring(0, 9),
        POST.replace("json", "x-ndjson") + "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        "POST /events HTT",
        POST + "Content-Le",
        "GET /events HTTP/1.1\r\nHost: localhost\r\nSlow: ");
  }

  @ParameterizedTest
  @MethodSource({"hostileHeads", "hostileBodies"})
  void hostileRequest_endsWithAProblemOrAClosedConnection(String request) {
    String answer = server.send(request);

    if (!answer.isEmpty()) {
      assertThat(answer).matches("(?s)HTTP/1\\.1 4[0-9][0-9] .*");
      assertThat(answer.toLowerCase(java.util.Locale.ROOT))
          .contains("content-type: application/problem+json", "x-request-id: ");
      JsonNode problem = Answer.read(answer.substring(answer.indexOf("\r\n\r\n") + 4));
      assertThat(problem.path("code").asText()).isNotBlank();
      assertThat(problem.path("request_id").asText()).isNotBlank();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 13\r\nTransfer-Encoding: chunked\r\n\r\nd\r\n{\"payload\":1}\r\n0\r\n\r\n",
        "Transfer-Encoding: gzip, chunked\r\n\r\nd\r\n{\"payload\":1}\r\n0\r\n\r\n",
        "Content-Length: 13\r\nContent-Length: 14\r\n\r\n{\"payload\":1}"
      })
  void ambiguousLength_closesTheConnection(String rest) throws IOException {
    try (var socket = server.connect()) {
      socket.getOutputStream().write((POST + rest).getBytes(ISO_8859_1));

      String all = readAll(socket);

      assertThat(all).startsWith("HTTP/1.1 400");
      assertThat(all.split("HTTP/1.1 ", -1)).hasSize(2);
    }
  }

  @Test
  void halfABody_isTimedOut() {
    String answer = server.send(POST + "Content-Length: 50\r\n\r\n" + EVENT);

    assertThat(answer).startsWith("HTTP/1.1 408").contains("request_timeout");
  }

  @Test
  void clientThatLeaves_isForgotten() throws IOException {
    for (int number = 0; number < 20; number++) {
      try (var socket = server.connect()) {
        socket.getOutputStream().write((POST + "Content-Length: 50\r\n\r\n{").getBytes(ISO_8859_1));
        socket.setSoLinger(true, 0);
      }
    }
    Eventually.holds(
        "connections are forgotten",
        () -> Metrics.of(server).value("sluice_http_connections") <= 3);
  }

  @Test
  void silentClient_isClosed() throws IOException {
    try (var socket = server.connect()) {
      assertThat(readAll(socket)).isEmpty();
    }
  }

  private static String readAll(Socket socket) throws IOException {
    try {
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    } catch (SocketException e) {
      return "";
    }
  }

  @Test
  void pipelinedRequests_areAnsweredInOrder() {
    String all =
        server.sendAndReadAll(
            "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"
                + POST
                + "Content-Length: 2\r\n\r\n{}"
                + "GET /events/none HTTP/1.1\r\nHost: localhost\r\n\r\n"
                + "GET /ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    assertThat(all.split("HTTP/1.1 ", -1))
        .hasSize(5)
        .satisfies(
            answers -> {
              assertThat(answers[1]).startsWith("200").contains("uptime");
              assertThat(answers[2]).startsWith("400").contains("invalid_event");
              assertThat(answers[3]).startsWith("404").contains("not_found");
              assertThat(answers[4]).startsWith("200").contains("ready");
            });
  }

  @Test
  void expectation_isContinued() {
    String all =
        server.sendAndReadAll(
            POST + "Expect: 100-continue\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}");

    assertThat(all).startsWith("HTTP/1.1 100").contains("HTTP/1.1 400").contains("invalid_event");
  }

  @Test
  void expectationOfTooMuch_isRefused() {
    String answer =
        server.send(POST + "Expect: 100-continue\r\nContent-Length: 99999999999\r\n\r\n");

    assertThat(answer).contains("HTTP/1.1 413").contains("payload_too_large");
  }
}
