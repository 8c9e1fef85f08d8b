package dev.sluice.adapter.webhook;

import static dev.sluice.adapter.webhook.SenderFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A receiver must prove that it is the host of the URL.
@Tag("slow")
final class TlsSenderTest {

  private static SSLContext showing = SenderFixture.systemTls();
  private static SSLContext trusting = SenderFixture.systemTls();

  @BeforeAll
  static void makeCertificate(@TempDir Path folder) throws Exception {
    var certificate = new TestCertificate(folder);
    showing = certificate.showing();
    trusting = certificate.trusting();
  }

  private static SendResult send(SSLContext tls, String host) throws Exception {
    RawReceiver.Script script =
        receiver -> {
          receiver.readRequest();
          receiver.send("HTTP/1.1 204 No Content\r\n\r\n");
        };
    try (var fixture = new SenderFixture(SenderSettings.of("Sluice/test", tls));
        var receiver = new RawReceiver(showing.getServerSocketFactory(), script)) {
      fixture.names.with("other.test", "127.0.0.1");
      return fixture.send(new WebhookUrl(true, host, receiver.port(), "/in"), LONG);
    }
  }

  private static void assertTlsFailure(SendResult result, String message) {
    assertThat(result)
        .isInstanceOfSatisfying(
            SendResult.Failed.class,
            failed -> {
              assertThat(failed.kind()).as(failed.message()).isEqualTo(FailureKind.TLS);
              assertThat(failed.message()).contains(message);
            });
  }

  @Test
  void trustedReceiver_getsTheRequest() throws Exception {
    SendResult result = send(trusting, "receiver.test");

    assertThat(result).isInstanceOf(SendResult.Responded.class);
    assertThat(result.times().tls()).isPresent();
  }

  @Test
  void unknownCertificate_isATlsFailure() throws Exception {
    assertTlsFailure(send(SenderFixture.systemTls(), "receiver.test"), "certification path");
  }

  @Test
  void certificateOfOtherHost_isATlsFailure() throws Exception {
    assertTlsFailure(send(trusting, "other.test"), "other.test");
  }

  @Test
  void receiverWithoutTls_isATlsFailure() throws Exception {
    try (var fixture = new SenderFixture();
        var receiver = new RawReceiver(plain -> plain.send("HTTP/1.1 400 Bad Request\r\n\r\n"))) {
      assertTlsFailure(
          fixture.send(new WebhookUrl(true, "receiver.test", receiver.port(), "/"), LONG), "TLS");
    }
  }

  @Test
  void handshakeThatHangs_endsAtDeadline() throws Exception {
    try (var fixture = new SenderFixture();
        var receiver = new RawReceiver(RawReceiver.Conversation::fallSilent)) {
      var url = new WebhookUrl(true, "receiver.test", receiver.port(), "/");
      SendResult result =
          SenderFixture.untilStoppedWhile(
              "in the TLS handshake", deadline -> fixture.send(url, deadline));

      assertThat(result)
          .isInstanceOfSatisfying(
              SendResult.Failed.class,
              failed -> {
                assertThat(failed.kind()).isEqualTo(FailureKind.TIMEOUT);
                assertThat(failed.message()).contains("TLS handshake");
              });
    }
  }
}
