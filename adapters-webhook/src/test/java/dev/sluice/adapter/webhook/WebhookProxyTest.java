package dev.sluice.adapter.webhook;

import static dev.sluice.adapter.webhook.SenderFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.adapter.webhook.guard.WebhookProxy;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WebhookProxyTest {

  private static SenderFixture through(RawReceiver proxy) {
    return new SenderFixture(
        SenderSettings.of("Sluice/test", SenderFixture.systemTls())
            .through(Optional.of(new WebhookProxy("receiver.test", proxy.port()))));
  }

  @Test
  void plainRequest_isSentToTheProxyWithTheWholeUrl() throws Exception {
    try (var proxy =
            new RawReceiver(
                client -> {
                  client.readRequest();
                  client.send("HTTP/1.1 204 No Content\r\n\r\n");
                });
        SenderFixture fixture = through(proxy)) {
      SendResult result =
          fixture.send(new WebhookUrl(false, "unknown.example", 80, "/in?a=b"), LONG);

      assertThat(result).isInstanceOf(SendResult.Responded.class);
      assertThat(proxy.requests().getFirst())
          .startsWith("POST http://unknown.example/in?a=b HTTP/1.1\r\n")
          .contains("Host: unknown.example\r\n");
    }
  }

  @Test
  void requestOverTls_asksTheProxyForATunnel() throws Exception {
    try (var proxy =
            new RawReceiver(
                client -> {
                  client.readRequest();
                  client.send("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n");
                });
        SenderFixture fixture = through(proxy)) {
      SendResult result = fixture.send(new WebhookUrl(true, "unknown.example", 443, "/in"), LONG);

      assertThat(proxy.requests().getFirst())
          .startsWith("CONNECT unknown.example:443 HTTP/1.1\r\n");
      assertThat(result)
          .isInstanceOfSatisfying(
              SendResult.Failed.class,
              failed -> {
                assertThat(failed.kind()).isEqualTo(FailureKind.CONNECT);
                assertThat(failed.message()).contains("proxy").contains("403");
              });
    }
  }

  @Test
  void proxyOfTheEnvironment_isNotUsed() throws Exception {
    System.setProperty("http.proxyHost", "127.0.0.1");
    System.setProperty("http.proxyPort", "1");
    try (var receiver =
            new RawReceiver(
                client -> {
                  client.readRequest();
                  client.send("HTTP/1.1 204 No Content\r\n\r\n");
                });
        var fixture = new SenderFixture()) {
      assertThat(fixture.send(receiver, LONG)).isInstanceOf(SendResult.Responded.class);
    } finally {
      System.clearProperty("http.proxyHost");
      System.clearProperty("http.proxyPort");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://proxy.example.com:3128, proxy.example.com, 3128",
    "http://10.0.0.1:80/, 10.0.0.1, 80",
    "http://[fd00::1]:8080, fd00::1, 8080"
  })
  void urlOfAProxy_isRead(String url, String host, int port) {
    assertThat(WebhookProxy.parse(url)).isEqualTo(new WebhookProxy(host, port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "proxy:3128",
        "https://proxy:3128",
        "http://proxy",
        "http://proxy:0x1",
        "http://proxy:99999",
        "http://user:password@proxy:3128",
        "http://proxy:3128/path"
      })
  void otherText_isRefused(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WebhookProxy.parse(url))
        .withMessageContaining("http://host:port");
  }
}
