package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.contract.Eventually;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;

/// The rate of a subscription, over HTTP.
final class RateLimitedSubscriptionTest {

  private static final String SLOW =
      """
      {"types": ["*"], "destination": {"kind": "demo"}, "rate": {"per_second": 0.01, "burst": 1}}
      """;

  @Test
  void deliveryWithoutAToken_isExplained() {
    try (var server = TestServer.start()) {
      Answer put =
          server.call(
              server
                  .request("/subscriptions/slow")
                  .header("Content-Type", "application/json")
                  .PUT(BodyPublishers.ofString(SLOW)));
      assertThat(put.status()).as(put.body()).isBetween(200, 201);
      assertThat(put.json().at("/rate/per_second").asDouble()).isEqualTo(0.01);

      server.post("{\"event_id\":\"first\",\"payload\":1}").hasStatus(202);
      server.await("first", "completed");
      server.post("{\"event_id\":\"second\",\"payload\":1}").hasStatus(202);

      Eventually.holds(
          "it waits for a token",
          () -> reason(server).path("reason").asText().equals("rate_limited"));
      assertThat(reason(server).path("next_token_in_seconds").asDouble()).isBetween(1.0, 100.0);
    }
  }

  private static JsonNode reason(TestServer server) {
    return server.get("/events/second/explain").json().at("/deliveries/0");
  }
}
