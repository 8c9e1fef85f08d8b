package dev.sluice.adapter.webhook;

import static dev.sluice.adapter.webhook.SenderFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
final class ConnectionLimitTest {

  private static final int MOST = 40;

  @Test
  void manyReceivers_leaveFewIdleConnections() throws Exception {
    var settings =
        new SenderSettings(
            "Sluice/test",
            SenderFixture.systemTls(),
            32,
            MOST,
            Optional.empty(),
            Duration.ofMinutes(5));
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
    try (var fixture = new SenderFixture(settings)) {
      for (int number = 0; number < 3 * MOST; number++) {
        String host = "host-" + number + ".test";
        fixture.names.with(host, "127.0.0.1");
        assertThat(fixture.send(host, receiver.getAddress().getPort(), LONG))
            .isInstanceOf(SendResult.Responded.class);

        assertThat(fixture.sender().connections()).isLessThanOrEqualTo(MOST + MOST / 8 + 1);
      }
      assertThat(fixture.sender().connections()).isPositive();
    } finally {
      receiver.stop(0);
    }
  }
}
