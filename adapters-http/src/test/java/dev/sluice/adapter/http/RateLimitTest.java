package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class RateLimitTest {

  private static TestServer server;

  @BeforeAll
  static void start() {
    HttpSettings.Limits usual = HttpSettings.Limits.DEFAULT;
    // So slow that no token is added during the test.
    var limits =
        new HttpSettings.Limits(
            usual.maxPayloadBytes(),
            usual.maxBatch(),
            usual.maxBatchBytes(),
            usual.maxStreamBytes(),
            usual.maxBufferedBytes(),
            usual.maxConnections(),
            Duration.ofSeconds(30),
            0.001,
            3);
    server = TestServer.start(Setup.USUAL.withLimits(limits));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void clientBeyondItsRate_isToldWhenToComeBack() {
    for (int left = 2; left >= 0; left--) {
      Answer allowed = server.post("{\"payload\":1}").hasStatus(202);
      assertThat(allowed.header("RateLimit-Policy")).isEqualTo("\"client\";q=3;w=3000");
      assertThat(allowed.header("RateLimit")).startsWith("\"client\";r=" + left + ";t=");
    }

    Answer refused = server.post("{\"payload\":1}").isProblem(429, "rate_limited");

    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(900, 1_000);
    assertThat(refused.header("RateLimit")).startsWith("\"client\";r=0;t=");
    assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"client\";q=3;w=3000");
    server.get("/events").isProblem(429, "rate_limited");
    server.get("/health").hasStatus(200);
    server.get("/ready").hasStatus(200);
    assertThat(Metrics.of(server).value("sluice_requests_rate_limited_total")).isEqualTo(2);
  }
}
