package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MethodsTest {

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    server.post("{\"event_id\":\"one\",\"payload\":1}");
    server.await("one", "completed");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/events",
        "/events/one",
        "/dead-letters",
        "/stats",
        "/stats/series",
        "/nodes",
        "/health",
        "/healthz",
        "/ready",
        "/openapi.json"
      })
  void head_isGetWithoutBody(String path) {
    Answer head = server.method("HEAD", path);
    Answer get = server.get(path);

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.header("Content-Type")).isEqualTo(get.header("Content-Type"));
    assertThat(head.header("Content-Length")).isNotEmpty().isNotEqualTo("0");
  }

  @Test
  void headOfWhatIsNotThere_hasTheStatus() {
    assertThat(server.method("HEAD", "/events/none").status()).isEqualTo(404);
    assertThat(server.method("HEAD", "/nothing").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /events              | GET, HEAD, OPTIONS, POST
          /events/one          | GET, HEAD, OPTIONS, PATCH
          /events/one/replay   | OPTIONS, POST
          /events/one/cancel   | OPTIONS, POST
          /dead-letters        | GET, HEAD, OPTIONS
          /dead-letters/replay | OPTIONS, POST
          /stats               | GET, HEAD, OPTIONS
          /health              | GET, HEAD, OPTIONS
          /metrics             | GET, HEAD, OPTIONS
          """)
  void otherMethod_isToldWhatIsAllowed(String path, String allowed) {
    Answer options = server.method("OPTIONS", path);
    Answer delete = server.method("DELETE", path).isProblem(405, "method_not_allowed");

    assertThat(options.status()).isEqualTo(204);
    assertThat(options.body()).isEmpty();
    assertThat(options.header("Allow")).isEqualTo(allowed);
    assertThat(delete.header("Allow")).isEqualTo(allowed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "PATCH", "TRACE", "PROPFIND", "FOO", "M-SEARCH"})
  void unknownMethod_isNotAllowed(String method) {
    server.method(method, "/events").isProblem(405, "method_not_allowed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/event",
        "/events/",
        "/events/one/",
        "/events/one/x",
        "/Events",
        "//events",
        "/events/one/replay/x",
        "/events/%7Bid%7D/x",
        "/favicon.ico",
        "/metrics/x",
        "/../events",
        "/observe/x",
        "/observe/health/x"
      })
  void unknownPath_isNotFound(String path) {
    server.get(path).isProblem(404, "not_found");
  }

  @Test
  void post_toAnUnknownPathIsNotFound() {
    server.post("/nothing", "application/json", "{}").isProblem(404, "not_found");
  }

  @Test
  void openApi_isServed() {
    Answer answer = server.get("/openapi.json").hasStatus(200);

    assertThat(answer.text("openapi")).startsWith("3.0");
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
  }
}
