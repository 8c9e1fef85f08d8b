package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/// Subscriptions say how many deliveries they have.
final class SubscriptionFiguresHttpTest {

  @Test
  void subscription_hasItsDeliveriesByStatus() {
    try (TestServer server = TestServer.start()) {
      JsonNode one = server.get("/subscriptions/default").json();
      JsonNode listed = server.get("/subscriptions").json().get(0);

      assertThat(one.at("/deliveries/received").asInt()).isZero();
      assertThat(one.at("/deliveries/failed").asInt()).isZero();
      assertThat(one.get("deliveries").has("at_least")).isFalse();
      assertThat(one.get("oldest_waiting_seconds").asDouble()).isZero();
      assertThat(listed.get("deliveries")).isEqualTo(one.get("deliveries"));
    }
  }

  @Test
  void countsThatTheStorageDoesNotGive_areLeftOut() {
    FlakyStore.Server flaky = FlakyStore.startServer();
    try (TestServer server = flaky.server()) {
      flaky.store().breakDown(true);

      JsonNode one = server.get("/subscriptions/default").json();

      flaky.store().breakDown(false);
      assertThat(one.get("name").asText()).isEqualTo("default");
      assertThat(one.has("deliveries")).isFalse();
      assertThat(one.has("oldest_waiting_seconds")).isFalse();
    }
  }
}
