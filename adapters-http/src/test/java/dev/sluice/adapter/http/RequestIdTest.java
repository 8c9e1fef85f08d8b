package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.Eventually;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestIdTest {

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Answer getWith(String path, String requestId) {
    return server.call(server.request(path).header("x-request-id", requestId));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/health",
        "/events",
        "/events/none",
        "/none",
        "/metrics",
        "/ready",
        "/stats",
        "/events?x=1",
        "/observe/health",
        "/observe/none"
      })
  void saneId_isEchoed(String path) {
    assertThat(getWith(path, "my-request:1").header("x-request-id")).isEqualTo("my-request:1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"with space", "semi;colon", "<script>", "\"quoted\""})
  void otherId_isReplaced(String sent) {
    assertThat(getWith("/health", sent).header("x-request-id")).matches("[0-9a-f]{16}");
  }

  @Test
  void overLongId_isReplaced() {
    assertThat(getWith("/health", "x".repeat(101)).header("x-request-id")).matches("[0-9a-f]{16}");
  }

  @Test
  void withoutId_everyAnswerHasItsOwn() {
    Set<String> ids = new HashSet<>();
    for (int number = 0; number < 50; number++) {
      ids.add(server.get("/health").header("x-request-id"));
    }

    assertThat(ids).hasSize(50);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /events HTTP/1.1\r\nHost: x\r\nx-request-id: mine\r\nBad Header: 1\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: x\r\nx-request-id: mine\r\n\r\n",
        "POST /events HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n"
      })
  void errorBeforeTheRoute_isAProblemWithAnId(String request) {
    String answer = server.send(request);

    String head = answer.toLowerCase(Locale.ROOT);
    assertThat(head).contains("content-type: application/problem+json", "x-request-id: ");
    String requestId = head.replaceAll("(?s).*x-request-id: ([^\r]*).*", "$1");
    var problem = Answer.read(answer.substring(answer.indexOf("\r\n\r\n") + 4));
    assertThat(problem.path("request_id").asText()).isEqualTo(requestId);
    assertThat(problem.path("code").asText()).isNotEqualTo("internal_error");
  }

  @Test
  void failedRequest_isLoggedWithItsId() {
    Answer answer = getWith("/events/none", "logged-1");

    // The response is sent before the request is logged.
    Eventually.holds("it is logged", () -> !logged().isEmpty());
    var logged = logged();

    assertThat(logged).hasSize(1);
    assertThat(logged.getFirst().route()).isEqualTo("GET /events/{id}");
    assertThat(logged.getFirst().method()).isEqualTo("GET");
    assertThat(logged.getFirst().status()).isEqualTo(404);
    assertThat(logged.getFirst().bytes()).isEqualTo(answer.body().length());
    assertThat(logged.getFirst().client()).startsWith("127.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /events HTTP/3.0\r\nHost: x\r\nx-request-id: refused-1\r\n\r\n",
        "GET /events HTTP/1.1\r\nHost: x\r\nx-request-id: refused-2\r\nContent-Length: x\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: x\r\nx-request-id: refused-3\r\n\r\n"
      })
  void requestThatReachesNoRoute_isLogged(String request) {
    String id = request.replaceAll("(?s).*(refused-.).*", "$1");

    server.send(request);

    assertThat(server.log().requests())
        .filteredOn(one -> one.requestId().equals(id) || id.equals("refused-3"))
        .anySatisfy(
            one -> {
              assertThat(one.status()).isGreaterThanOrEqualTo(400);
              assertThat(one.route()).isEqualTo("unmatched");
              assertThat(one.method()).isEqualTo("GET");
              assertThat(one.client()).isEqualTo("127.0.0.1");
            });
  }

  private static List<HttpSettings.AnsweredRequest> logged() {
    return server.log().requests().stream()
        .filter(one -> one.requestId().equals("logged-1"))
        .toList();
  }
}
