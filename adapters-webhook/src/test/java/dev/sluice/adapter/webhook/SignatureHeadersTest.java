package dev.sluice.adapter.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.sluice.adapter.webhook.signature.SignatureHeaders;
import dev.sluice.adapter.webhook.signature.WebhookSecret;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SignatureHeadersTest {

  private static final String BODY = "{\"type\":\"order.paid\",\"data\":{\"name\":\"Zoë\"}}";

  private final WebhookSecret secret = WebhookSecret.generate(new Random(1));
  private final WebhookSecret old = WebhookSecret.generate(new Random(2));

  // The official library compares the timestamp with the clock of the machine.
  private final Instant now = Instant.now();

  private SignatureHeaders sign(String eventId, List<WebhookSecret> secrets) {
    return SignatureHeaders.sign(eventId, now, BODY.getBytes(UTF_8), secrets);
  }

  private static void verify(WebhookSecret secret, String body, SignatureHeaders headers)
      throws WebhookVerificationException, EmptyWebhookSecretException {
    Map<String, List<String>> received =
        headers.byName().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())));
    new Webhook(secret.reveal()).verify(body, received);
  }

  @ParameterizedTest
  @ValueSource(strings = {"evt-1", "order.42", "id with blanks", "ключ", "a"})
  void request_isVerifiedByOfficialLibrary(String eventId) throws Exception {
    verify(secret, BODY, sign(eventId, List.of(secret)));
  }

  @Test
  void signature_equalsThatOfOfficialLibrary()
      throws EmptyWebhookSecretException, WebhookSigningException {
    String official = new Webhook(secret.reveal()).sign("evt-1", now.getEpochSecond(), BODY);

    assertThat(sign("evt-1", List.of(secret)).signature()).isEqualTo(official);
  }

  @Test
  void rotatingSecrets_verifyWithEither() throws Exception {
    SignatureHeaders headers = sign("evt-1", List.of(secret, old));

    verify(secret, BODY, headers);
    verify(old, BODY, headers);
    assertThat(headers.signature().split(" ")).hasSize(2).allMatch(one -> one.startsWith("v1,"));
  }

  @Test
  void sentRequest_isVerifiedFromWhatTheReceiverRead() throws Exception {
    RawReceiver.Script script =
        receiver -> {
          receiver.readRequest();
          receiver.send("HTTP/1.1 204 No Content\r\n\r\n");
        };
    try (var fixture = new SenderFixture();
        var receiver = new RawReceiver(script)) {
      var url = new WebhookUrl(false, "receiver.test", receiver.port(), "/in");
      Map<String, String> headers = sign("order.42", List.of(secret)).byName();
      fixture.send(new WebhookRequest(url, headers, BODY.getBytes(UTF_8), SenderFixture.LONG));

      String request = receiver.requests().getFirst();
      int bodyStart = request.indexOf("\r\n\r\n") + 4;
      Map<String, List<String>> received =
          request
              .substring(0, bodyStart)
              .lines()
              .filter(line -> line.contains(": "))
              .map(line -> line.split(": ", 2))
              .collect(Collectors.toMap(pair -> pair[0], pair -> List.of(pair[1])));
      new Webhook(secret.reveal()).verify(request.substring(bodyStart), received);
    }
  }

  @Test
  void changedBody_isNotVerified() {
    SignatureHeaders headers = sign("evt-1", List.of(secret));

    assertThatThrownBy(() -> verify(secret, BODY + " ", headers))
        .isInstanceOf(WebhookVerificationException.class);
  }

  @Test
  void otherSecret_isNotVerified() {
    SignatureHeaders headers = sign("evt-1", List.of(secret));

    assertThatThrownBy(() -> verify(old, BODY, headers))
        .isInstanceOf(WebhookVerificationException.class);
  }

  @Test
  void noSecretAndTooMany_areRefused() {
    List<WebhookSecret> many = Collections.nCopies(SignatureHeaders.MAX_SECRETS + 1, secret);

    assertThatThrownBy(() -> sign("evt-1", List.of())).hasMessageContaining("1 to 5");
    assertThatThrownBy(() -> sign("evt-1", many)).hasMessageContaining("not 6");
  }
}
