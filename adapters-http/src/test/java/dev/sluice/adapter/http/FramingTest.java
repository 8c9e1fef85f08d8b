package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The end of a request (RFC 9112, 6 and 7), on every route.
final class FramingTest {

  private static final String HOST = " HTTP/1.1\r\nHost: localhost\r\n";
  private static final String JSON = HOST + "Content-Type: application/json\r\n";
  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static int answers(String all) {
    return all.split("HTTP/1.1 ", -1).length - 1;
  }

  static Stream<Arguments> unclearLengths() {
    return Stream.of(
            "GET /health",
            "GET /events",
            "GET /observe/health",
            "GET /nothing",
            "OPTIONS /events",
            "DELETE /keys/none",
            "POST /events/none/cancel",
            "POST /events")
        .flatMap(
            route ->
                Stream.of(
                        "Content-Length: 5\r\n" + CHUNKED,
                        CHUNKED + CHUNKED,
                        "Transfer-Encoding: identity\r\n",
                        "Transfer-Encoding: gzip, chunked\r\n",
                        "Transfer-Encoding: chunked, chunked\r\n",
                        "Transfer-Encoding: chunked;q=1\r\n",
                        "Transfer-Encoding:\r\n",
                        "Content-Length: 5\r\nContent-Length: 5\r\n",
                        "Content-Length: 5, 5\r\n",
                        "Content-Length: +5\r\n",
                        "Content-Length: 0x5\r\n",
                        "Content-Length: 5 5\r\n",
                        "Content-Length:\r\n",
                        "Content-Length : 5\r\n")
                    .map(headers -> Arguments.of(route, headers)));
  }

  @ParameterizedTest
  @MethodSource("unclearLengths")
  void unclearLength_isRefusedOnceAndEndsTheConnection(String route, String headers) {
    String all = server.sendAndReadAll(route + HOST + headers + "\r\n5\r\nhello\r\n0\r\n\r\n");

    assertThat(all).startsWith("HTTP/1.1 400").containsIgnoringCase("connection: close");
    assertThat(all).contains("bad_request");
    assertThat(answers(all)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /health", "OPTIONS /events", "GET /observe/health", "GET /nothing"})
  void bodyThatNoRouteReads_isSkipped(String route) {
    String all =
        server.sendAndReadAll(
            route
                + HOST
                + "Content-Length: 5\r\n\r\nhello"
                + route
                + HOST
                + "Transfer-Encoding: Chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
                + "GET /ready"
                + HOST
                + "Connection: close\r\n\r\n");

    assertThat(all).endsWith("}").contains("\"ready\"");
    assertThat(answers(all)).isLessThanOrEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: Chunked\r\n\r\n1a\r\n{\"payload\":\"aaaaaaaaaaaaa\"\r\n1\r\n}\r\n0\r\n\r\n",
        "transfer-encoding:chunked\r\n\r\n00d;a=b;c=\"d\"\r\n{\"payload\":1}\r\n0\r\n\r\n",
        "Transfer-Encoding: CHUNKED\r\n\r\nD ;x\r\n{\"payload\":1}\r\n0;end\r\nA: b\r\nC: d\r\n\r\n",
        "Content-Length: 013\r\n\r\n{\"payload\":1}",
        "Content-Encoding: identity\r\nContent-Length: 13\r\n\r\n{\"payload\":1}",
        "Content-Encoding: Identity\r\nTransfer-Encoding: chunked\r\n\r\nd\r\n{\"payload\":1}\r\n0\r\n\r\n"
      })
  void clearLength_isUnderstood(String rest) {
    String answer = server.send("POST /events" + JSON + rest);

    assertThat(answer).startsWith("HTTP/1.1 202");
  }

  @Test
  void chunksInAnyCase_areTheBodyOfAReplay() {
    String all =
        server.sendAndReadAll(
            "POST /events/none/replay"
                + JSON
                + "Transfer-Encoding: Chunked\r\nConnection: close\r\n\r\n2\r\n[]\r\n0\r\n\r\n");

    assertThat(all).startsWith("HTTP/1.1 400");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+d\r\n{\"payload\":1}\r\n0\r\n\r\n",
        "-0\r\n\r\n",
        "0xd\r\n{\"payload\":1}\r\n0\r\n\r\n",
        " d\r\n{\"payload\":1}\r\n0\r\n\r\n",
        "d d\r\n{\"payload\":1}\r\n0\r\n\r\n",
        "d\n{\"payload\":1}\r\n0\r\n\r\n",
        "d\r\n{\"payload\":1}xx0\r\n\r\n",
        "d\r\n{\"payload\":1}\n\n0\r\n\r\n",
        "d\r\n{\"payload\":1}0\r\n\r\n",
        "d\r\n{\"payload\":1}\r\n0\r\n \r\n\r\n",
        "1000000000000000d\r\n{\"payload\":1}\r\n0\r\n\r\n",
        "\r\n{\"payload\":1}\r\n0\r\n\r\n"
      })
  void malformedChunks_areRefusedAndEndTheConnection(String chunks) {
    long before = server.stored();

    String all =
        server.sendAndReadAll(
            "POST /events" + JSON + CHUNKED + "\r\n" + chunks + "GET /ready" + HOST + "\r\n");

    assertThat(all).startsWith("HTTP/1.1 400");
    assertThat(answers(all)).isEqualTo(1);
    assertThat(server.stored()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST /events", "GET /health", "POST /nothing"})
  void expectationThatIsNotMet_endsTheConnectionWithoutContinue(String route) {
    String all =
        server.sendAndReadAll(
            route + JSON + "Expect: 100-Continue\r\nContent-Length: 99999999\r\n\r\n");

    assertThat(all).doesNotContain("HTTP/1.1 100").containsIgnoringCase("connection: close");
    assertThat(answers(all)).isEqualTo(1);
  }
}
