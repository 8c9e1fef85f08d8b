package dev.sluice.adapter.webhook;

import static dev.sluice.adapter.webhook.SenderFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.adapter.webhook.tls.ReceiverContext;
import dev.sluice.adapter.webhook.tls.ReceiverContext.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Receivers with certificates of their own, and those that want one of the client.
@Tag("slow")
final class ReceiverTlsTest {

  private static final RawReceiver.Script ACCEPT =
      receiver -> {
        receiver.readRequest();
        receiver.send("HTTP/1.1 204 No Content\r\n\r\n");
        receiver.readRequest();
        receiver.send("HTTP/1.1 204 No Content\r\n\r\n");
      };

  private static String pem = "";
  private static String key = "";
  private static ServerSocketFactory receivers = ServerSocketFactory.getDefault();

  @BeforeAll
  static void makeCertificate(@TempDir Path folder) throws Exception {
    var certificate = new TestCertificate(folder);
    pem = certificate.pem();
    key = certificate.keyPem();
    receivers = new WantingCertificate(certificate.showingAndTrusting());
  }

  /// Makes sockets that refuse clients without a certificate.
  private static final class WantingCertificate extends ServerSocketFactory {

    private final SSLContext context;

    private WantingCertificate(SSLContext context) {
      this.context = context;
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
      return wanting(context.getServerSocketFactory().createServerSocket(port));
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
      return wanting(context.getServerSocketFactory().createServerSocket(port, backlog));
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address)
        throws IOException {
      return wanting(context.getServerSocketFactory().createServerSocket(port, backlog, address));
    }

    private static ServerSocket wanting(ServerSocket socket) {
      if (socket instanceof SSLServerSocket tls) {
        tls.setNeedClientAuth(true);
      }
      return socket;
    }
  }

  private static SSLContext withIdentity() {
    return ReceiverContext.of(Optional.of(pem), Optional.of(new Identity(pem, key)));
  }

  private static SSLContext withoutIdentity() {
    return ReceiverContext.of(Optional.of(pem), Optional.empty());
  }

  private static SendResult send(SenderFixture fixture, RawReceiver receiver, SSLContext tls) {
    var url = new WebhookUrl(true, "receiver.test", receiver.port(), "/");
    return fixture.send(
        new WebhookRequest(url, Map.of(), new byte[0], LONG).with(Optional.of(tls)));
  }

  @Test
  void receiverOfAnOwnAuthority_getsTheCertificateOfTheClient() throws Exception {
    try (var fixture = new SenderFixture();
        var receiver = new RawReceiver(receivers, ACCEPT)) {
      assertThat(send(fixture, receiver, withIdentity())).isInstanceOf(SendResult.Responded.class);
    }
  }

  @Test
  void clientWithoutCertificate_isATlsFailure() throws Exception {
    try (var fixture = new SenderFixture();
        var receiver = new RawReceiver(receivers, ACCEPT)) {
      assertThat(send(fixture, receiver, withoutIdentity())).isInstanceOf(SendResult.Failed.class);
    }
  }

  @Test
  void connectionOfOneCertificate_isNotUsedForAnotherSubscription() throws Exception {
    SSLContext first = withIdentity();
    try (var fixture = new SenderFixture();
        var receiver = new RawReceiver(receivers, ACCEPT)) {
      assertThat(send(fixture, receiver, first)).isInstanceOf(SendResult.Responded.class);
      assertThat(send(fixture, receiver, first).times().connect()).isEmpty();

      assertThat(send(fixture, receiver, withoutIdentity())).isInstanceOf(SendResult.Failed.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "no PEM", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"})
  void malformedAuthority_isRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReceiverContext.of(Optional.of(text), Optional.empty()))
        .withMessageContaining("PEM");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c2VjcmV0",
        "-----BEGIN RSA PRIVATE KEY-----\nc2VjcmV0\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----"
      })
  void malformedKey_isRefusedWithoutBeingRepeated(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> ReceiverContext.of(Optional.empty(), Optional.of(new Identity(pem, text))))
        .withMessageContaining("private key")
        .withMessageNotContaining("c2VjcmV0");
  }
}
