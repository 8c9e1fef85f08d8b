package dev.sluice.adapter.http.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.http.Answer;
import dev.sluice.adapter.http.TestServer;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The head of a request (RFC 9112, 2 to 5; RFC 9110, 7 and 9).
final class RequestLineTest {

  private static final String REST = " HTTP/1.1\r\nHost: localhost\r\n";
  private static final String LAST = REST + "Connection: close\r\n\r\n";
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    server.post("{\"event_id\":\"one\",\"payload\":1}");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void oldVersion_isAnsweredOnceWithoutChunks() {
    String health =
        server.sendAndReadAll("GET /health HTTP/1.0\r\n\r\nGET /ready HTTP/1.0\r\n\r\n");
    String batch =
        server.sendAndReadAll(
            String.join(
                "\r\n",
                "POST /events HTTP/1.0",
                "Connection: keep-alive",
                "Content-Type: application/x-ndjson",
                "Content-Length: 28",
                "",
                "{\"payload\":1}\n{\"payload\":2}\n"));

    assertThat(health).startsWith("HTTP/1.1 200").endsWith("}").doesNotContain("\"ready\"");
    assertThat(batch).startsWith("HTTP/1.1 202").endsWith("}");
    assertThat(batch.toLowerCase(Locale.ROOT))
        .contains("connection: close")
        .doesNotContain("transfer-encoding", "keep-alive");
    assertThat(Answer.read(batch.substring(batch.indexOf("\r\n\r\n"))).path("accepted").asInt())
        .isEqualTo(2);
  }

  @Test
  void oldVersionWithLongAnswer_hasItWhole() {
    for (int number = 0; number < 40; number++) {
      server.post("{\"payload\":\"" + "x".repeat(1_000) + "\"}");
    }

    String all = server.sendAndReadAll("GET /events?limit=500 HTTP/1.0\r\nHost: localhost\r\n\r\n");

    assertThat(all.toLowerCase(Locale.ROOT)).doesNotContain("transfer-encoding");
    assertThat(Answer.read(all.substring(all.indexOf("\r\n\r\n")))).hasSizeGreaterThan(39);
  }

  @ParameterizedTest
  @CsvSource({
    "GET /health HTTP/2.0,505",
    "GET /health HTTP/1.2,505",
    "GET /health HTTP/0.9,505",
    "PRI * HTTP/2.0,505",
    "GET /health,400",
    "GET /health http/1.1,400",
    "GET /health HTTP/11,400",
    "GET  /health HTTP/1.1,400",
    "GET /health  HTTP/1.1,400",
    "GET /hea lth HTTP/1.1,400",
    "G@T /health HTTP/1.1,400",
    "GET health HTTP/1.1,400",
    "GET * HTTP/1.1,400",
    "GET ftp://localhost/health HTTP/1.1,400",
    "GET http://me@localhost/health HTTP/1.1,400",
    "GET /health#top HTTP/1.1,400",
    "get /health HTTP/1.1,501",
    "Get /health HTTP/1.1,501",
    "CONNECT localhost:80 HTTP/1.1,501"
  })
  void lineThatIsNone_isRefused(String line, int status) {
    String answer = server.send(line + "\r\nHost: localhost\r\nx-request-id: mine\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 " + status).contains("\"request_id\":\"mine\"");
    assertThat(answer.toLowerCase(Locale.ROOT))
        .contains("content-type: application/problem+json", "connection: close");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/events/\u00c3\u00bc",
        "/events?text=\u00c3\u00bc",
        "/events?event_type[]=a",
        "/events?text=\"x",
        "/events/a|b",
        "/events/a\\b"
      })
  void characterThatAUriCannotContain_isToBePercentEncoded(String target) {
    String answer = server.send("GET " + target + LAST);

    assertThat(answer).startsWith("HTTP/1.1 400").contains("Percent-encode");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET http://localhost/health",
        "GET HTTP://127.0.0.1:8080/health",
        "GET https://localhost/health",
        "\r\nGET /health",
        "\r\n\r\nGET /health"
      })
  void unusualButLegalLine_isUnderstood(String line) {
    assertThat(server.send(line + LAST)).startsWith("HTTP/1.1 200").contains("uptime");
  }

  @Test
  void hostOfTheTarget_countsForTheRequest() {
    assertThat(server.send("GET http://evil.example/stats" + LAST)).startsWith("HTTP/1.1 403");
    assertThat(server.send("GET http://localhost/stats HTTP/1.1\r\nHost: evil.example\r\n\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void optionsOfTheWholeService_areAnswered() {
    String answer = server.send("OPTIONS *" + LAST);

    assertThat(answer).startsWith("HTTP/1.1 204").contains("GET, HEAD, OPTIONS, PATCH, POST, PUT");
    assertThat(answer.toLowerCase(Locale.ROOT)).doesNotContain("content-length");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Connection: Close\r\n",
        "Connection: keep-alive, CLOSE\r\n",
        "Connection: keep-alive\r\nconnection: close\r\n"
      })
  void connection_isReadAsAList(String headers) {
    String one = "GET /observe/health" + REST + headers + "\r\n";

    String all = server.sendAndReadAll(one + one);

    assertThat(all.split("HTTP/1.1 200", -1)).hasSize(2);
    assertThat(all.toLowerCase(Locale.ROOT)).contains("connection: close");
  }

  @Test
  void headersThatAreTooLarge_areRefusedAsSuch() {
    String answer = server.send("GET /health" + REST + "A: " + "x".repeat(40_000) + "\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 431").contains("headers_too_large");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: localhost\r\n",
        " continued\r\n",
        "A\r\n",
        ": a\r\n",
        "A : a\r\n",
        "A: a\u0000b\r\n",
        "A: a\rb\r\n"
      })
  void lineThatIsNoHeader_isRefused(String line) {
    assertThat(server.send("GET /health" + REST + line + "\r\n")).startsWith("HTTP/1.1 400");
  }

  @Test
  void probes_haveTheSameRulesAsOtherPaths() {
    for (String path : new String[] {"/observe/health", "/observe/health/ready"}) {
      String head = server.sendAndReadAll("HEAD " + path + LAST);
      String get = server.sendAndReadAll("GET " + path + LAST);
      assertThat(head).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n");
      assertThat(get).startsWith("HTTP/1.1 200").contains("\"status\":\"UP\"");
      assertThat(server.method("OPTIONS", path).header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
      assertThat(server.method("DELETE", path).isProblem(405, "method_not_allowed").header("Allow"))
          .isEqualTo("GET, HEAD, OPTIONS");
    }
  }

  @Test
  void answers_areNotToBeKeptOrGuessedAt() {
    assertThat(server.get("/events/one").header("Cache-Control")).isEqualTo("no-store");
    assertThat(server.get("/events").header("Cache-Control")).isEqualTo("no-store");
    assertThat(server.get("/events/none").header("Cache-Control")).isEqualTo("no-store");
    assertThat(server.get("/events/one").header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(server.get("/nothing").header("X-Content-Type-Options")).isEqualTo("nosniff");
  }
}
