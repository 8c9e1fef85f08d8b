package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.http.HttpSettings.AddressRange;
import dev.sluice.adapter.http.HttpSettings.Clients;
import dev.sluice.adapter.http.HttpSettings.Limits;
import dev.sluice.adapter.http.HttpSettings.Security;
import dev.sluice.contract.Eventually;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Requests from a trusted proxy.
final class BehindProxyTest {

  private static final Limits USUAL = Limits.DEFAULT;
  private static final Limits ONE_A_MINUTE =
      new Limits(
          USUAL.maxPayloadBytes(),
          USUAL.maxBatch(),
          USUAL.maxBatchBytes(),
          USUAL.maxStreamBytes(),
          USUAL.maxBufferedBytes(),
          USUAL.maxConnections(),
          USUAL.requestTimeout(),
          1.0 / 60,
          1);
  private static final Clients CLIENTS =
      new Clients(List.of(AddressRange.parse("127.0.0.0/8").orElseThrow()), 0);
  private static final TestServer SERVER =
      TestServer.start(
          Setup.USUAL
              .withLimits(ONE_A_MINUTE)
              .withSecurity(new Security(true, true, Optional.empty(), CLIENTS)));

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  private static Answer get(String path, String client) {
    return SERVER.call(SERVER.request(path).header("X-Forwarded-For", client));
  }

  @Test
  void clients_areHeldToTheirOwnRates() {
    get("/stats", "192.0.2.1").hasStatus(200);
    get("/stats", "192.0.2.1").isProblem(429, "rate_limited");
    get("/stats", "192.0.2.9, 192.0.2.1").isProblem(429, "rate_limited");
    get("/stats", "192.0.2.2").hasStatus(200);
  }

  @Test
  void logAndActivity_nameTheClient() {
    get("/events/none", "192.0.2.3").hasStatus(404);
    SERVER
        .call(
            SERVER
                .request("/processing/pause")
                .header("Content-Type", "application/json")
                .header("Forwarded", "for=192.0.2.4")
                .POST(BodyPublishers.ofString("{\"reason\":\"test\"}")))
        .hasStatus(200);

    Eventually.holds(
        "it is logged",
        () -> SERVER.log().requests().stream().anyMatch(one -> one.client().equals("192.0.2.3")));
    assertThat(get("/activity", "192.0.2.5").body()).contains("192.0.2.4");
  }
}
