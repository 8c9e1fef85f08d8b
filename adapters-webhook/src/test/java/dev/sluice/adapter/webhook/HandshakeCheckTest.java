package dev.sluice.adapter.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.adapter.webhook.guard.AddressGuard;
import dev.sluice.adapter.webhook.guard.Network;
import dev.sluice.domain.destination.RefusedDestinationException;
import dev.sluice.domain.subscription.Destination.Webhook;
import dev.sluice.domain.subscription.Handshake;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.WebhookFormat;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HandshakeCheckTest {

  private String asked = "";

  private void check(Handshake handshake, String response) throws IOException {
    RawReceiver.Script script =
        receiver -> {
          receiver.readRequest();
          receiver.send(response);
        };
    try (var fixture = new SenderFixture();
        var receiver = new RawReceiver(script)) {
      var webhook =
          new Webhook(
              "http://receiver.test:" + receiver.port() + "/in",
              Webhook.Body.of(WebhookFormat.CLOUDEVENTS),
              Map.of(),
              List.of(),
              Optional.empty(),
              Set.of(),
              handshake,
              Optional.empty());
      var rules =
          new UrlRules(
              true,
              AllowedPorts.parse("1-65535"),
              Set.of(),
              new AddressGuard(List.of(Network.parse("127.0.0.0/8"))));
      var target =
          Receiver.of(
              webhook,
              new SubscriptionName("mail"),
              new UrlCheck(rules),
              new SecretStorage(Optional.empty()));
      try {
        new HandshakeCheck(fixture.sender(), "events.example.com").check(target);
      } finally {
        asked = String.join("", receiver.requests());
      }
    }
  }

  private static String allowing(String origin) {
    return "HTTP/1.1 200 OK\r\nWebHook-Allowed-Origin: " + origin + "\r\ncontent-length: 0\r\n\r\n";
  }

  @ParameterizedTest
  @CsvSource({"*", "events.example.com", "Events.Example.com"})
  void receiverThatAllowsThisService_isAccepted(String origin) throws Exception {
    check(Handshake.REQUIRED, allowing(origin));

    assertThat(asked)
        .startsWith("OPTIONS /in HTTP/1.1\r\n")
        .contains("webhook-request-origin: events.example.com\r\n");
  }

  @ParameterizedTest
  @CsvSource({"REQUIRED", "IF_OFFERED"})
  void receiverThatAllowsAnother_isRefused(Handshake handshake) {
    assertThatExceptionOfType(RefusedDestinationException.class)
        .isThrownBy(() -> check(handshake, allowing("other.example.com")))
        .returns("/handshake", RefusedDestinationException::pointer)
        .returns(false, RefusedDestinationException::isTemporary)
        .withMessageContaining("other.example.com");
  }

  @Test
  void receiverThatSaysNothing_isRefusedWherePermissionIsRequired() {
    assertThatExceptionOfType(RefusedDestinationException.class)
        .isThrownBy(() -> check(Handshake.REQUIRED, "HTTP/1.1 405 No\r\ncontent-length: 0\r\n\r\n"))
        .withMessageContaining("405");
    assertThatCode(
            () -> check(Handshake.IF_OFFERED, "HTTP/1.1 405 No\r\ncontent-length: 0\r\n\r\n"))
        .doesNotThrowAnyException();
  }

  @Test
  void receiverThatBreaksOff_isRefusedWherePermissionIsRequired() {
    assertThatExceptionOfType(RefusedDestinationException.class)
        .isThrownBy(() -> check(Handshake.REQUIRED, ""))
        .withMessageContaining("; start or fix the receiver, or set handshake to off");
    assertThatCode(() -> check(Handshake.IF_OFFERED, "")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({"503 Later, true", "405 No, false", "'', true"})
  void refusalOfAReceiverThatIsDown_isTemporary(String status, boolean isTemporary) {
    String response =
        status.isEmpty() ? "" : "HTTP/1.1 " + status + "\r\ncontent-length: 0\r\n\r\n";

    assertThatExceptionOfType(RefusedDestinationException.class)
        .isThrownBy(() -> check(Handshake.REQUIRED, response))
        .returns(isTemporary, RefusedDestinationException::isTemporary);
  }

  @Test
  void withoutHandshake_theReceiverIsNotAsked() throws Exception {
    check(Handshake.OFF, allowing("other.example.com"));

    assertThat(asked).isEmpty();
  }
}
