package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HealthTest {

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/healthz"})
  void health_tellsWhatRuns(String path) {
    var health = server.get(path).hasStatus(200).json();

    assertThat(health.path("status").asText()).isEqualTo("ok");
    assertThat(health.path("uptime").asText()).matches("([0-9]+m)?[0-9]+s");
    assertThat(health.path("version").asText()).isEqualTo("1.2.3");
    assertThat(health.path("storage").asText()).isEqualTo("memory");
    assertThat(health.path("durability").asText()).isEqualTo("memory");
    assertThat(health.path("env").asText()).isEqualTo("test");
  }

  @Test
  void ready_isYesAndProbesAgree() {
    assertThat(server.get("/ready").hasStatus(200).json())
        .isEqualTo(Answer.read("{\"status\":\"ready\",\"ready\":true}"));
    assertThat(server.get("/observe/health").hasStatus(200).text("status")).isEqualTo("UP");
  }

  @ParameterizedTest
  @ValueSource(strings = {"live", "ready", "started"})
  void probe_isUp(String probe) {
    Answer answer = server.get("/observe/health/" + probe).hasStatus(200);

    assertThat(answer.text("status")).isEqualTo("UP");
    assertThat(answer.header("x-request-id")).isNotBlank();
  }

  @Test
  void drainingService_isNotReadyAndRefusesEvents() {
    try (var draining = TestServer.start()) {
      draining.application().refuseNewEvents();

      Answer refused = draining.post("{\"payload\":1}").isProblem(503, "draining");
      Answer ready = draining.get("/ready").hasStatus(503);

      assertThat(refused.header("Retry-After")).isEqualTo("5");
      assertThat(ready.json().path("reasons")).isEqualTo(Answer.read("[\"draining\"]"));
      assertThat(draining.get("/observe/health/ready").status()).isEqualTo(503);
      assertThat(draining.get("/observe/health/live").status()).isEqualTo(200);
      draining.get("/health").hasStatus(200);
      draining.get("/events").hasStatus(200);
      draining.post("[{\"payload\":1}]").isProblem(503, "draining");
    }
  }
}
