package dev.sluice.adapter.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.http.Answer;
import dev.sluice.adapter.http.TestServer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IdempotencyKeyTest {

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Answer post(String... keys) {
    HttpRequest.Builder request =
        server.request("/events").POST(BodyPublishers.ofString("{\"payload\":1}"));
    for (String key : keys) {
      request.header("Idempotency-Key", key);
    }
    return server.call(request);
  }

  @Test
  void quotedKey_isTheSameAsTheBareOne() {
    assertThat(post("\"8e03978e-40d5\"").hasStatus(202).eventId()).isEqualTo("8e03978e-40d5");

    Answer again = post("8e03978e-40d5").hasStatus(202);

    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
  }

  @Test
  void escapesInAQuotedKey_areRead() {
    assertThat(post("\"a \\\"b\\\" \\\\\"").hasStatus(202).eventId()).isEqualTo("a \"b\" \\");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"open", "\"\"", "\"a\"b", "\" \"", "\"a\\\"", "\""})
  void malformedKey_isRefused(String key) {
    post(key).isProblem(400, "invalid_header");
  }

  @Test
  void severalKeys_areRefused() {
    post("one", "two").isProblem(400, "invalid_header");
  }
}
