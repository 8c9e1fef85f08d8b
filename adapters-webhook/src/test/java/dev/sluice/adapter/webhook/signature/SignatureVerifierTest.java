package dev.sluice.adapter.webhook.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import dev.sluice.contract.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SignatureVerifierTest {

  private static final String BODY = "{\"type\":\"order.paid\",\"data\":{\"name\":\"Zoë\"}}";
  private static final Instant NOW = SettableClock.START;

  private final WebhookSecret secret = WebhookSecret.generate(new Random(1));
  private final WebhookSecret other = WebhookSecret.generate(new Random(2));
  private final SettableClock clock = new SettableClock();
  private final SignatureVerifier verifier = new SignatureVerifier(List.of(secret), clock);
  private final Map<String, String> headers = signedWith(secret);

  private static Map<String, String> signedWith(WebhookSecret... secrets) {
    return new HashMap<>(
        SignatureHeaders.sign("evt-1", NOW, BODY.getBytes(UTF_8), List.of(secrets)).byName());
  }

  private Optional<String> problem(Map<String, String> given, String body) {
    return verifier.problem(name -> Optional.ofNullable(given.get(name)), body.getBytes(UTF_8));
  }

  @Test
  void signedRequest_isTrusted() {
    assertThat(problem(headers, BODY)).isEmpty();
  }

  @Test
  void signatureOfTheOfficialLibrary_isTrusted()
      throws EmptyWebhookSecretException, WebhookSigningException {
    headers.put(
        "webhook-signature",
        new Webhook(secret.reveal()).sign("evt-1", NOW.getEpochSecond(), BODY));

    assertThat(problem(headers, BODY)).isEmpty();
  }

  @Test
  void oneOfSeveralSignatures_isEnough() {
    assertThat(problem(signedWith(other, secret), BODY)).isEmpty();
    headers.merge("webhook-signature", "v1a,AAAA v1,", (own, more) -> more + " " + own);
    assertThat(problem(headers, BODY)).isEmpty();
  }

  @Test
  void eitherSecretOfTheReceiver_isEnough() {
    var rotating = new SignatureVerifier(List.of(other, secret), clock);

    assertThat(
            rotating.problem(name -> Optional.ofNullable(headers.get(name)), BODY.getBytes(UTF_8)))
        .isEmpty();
  }

  @Test
  void requestOfAnotherSecret_isNotTrusted() {
    assertThat(problem(signedWith(other), BODY))
        .hasValueSatisfying(why -> assertThat(why).contains("No signature matches"));
  }

  @Test
  void changedBody_isNotTrusted() {
    assertThat(problem(headers, BODY + " ")).isPresent();
    assertThat(problem(headers, "")).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "webhook-id, evt-2",
    "webhook-signature, v1,",
    "webhook-signature, ''",
    "webhook-signature, 'v1, '",
    "webhook-signature, v2"
  })
  void changedHeader_isNotTrusted(String name, String value) {
    headers.put(name, value);

    assertThat(problem(headers, BODY)).isPresent();
  }

  @Test
  void timestampThatWasNotSigned_isNotTrusted() {
    headers.put("webhook-timestamp", String.valueOf(NOW.getEpochSecond() + 1));

    assertThat(problem(headers, BODY)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "now", "-5", "1e9", "9999999999999999999", " 1"})
  void timestampThatIsNoNumber_isNotTrusted(String text) {
    headers.put("webhook-timestamp", text);

    assertThat(problem(headers, BODY))
        .hasValueSatisfying(why -> assertThat(why).contains("not a number of seconds"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"webhook-id", "webhook-timestamp", "webhook-signature"})
  void missingHeader_isNamed(String name) {
    headers.remove(name);

    assertThat(problem(headers, BODY)).contains("The header " + name + " is missing.");
  }

  @Test
  void requestOfLongAgo_isNotTrusted() {
    clock.advance(SignatureVerifier.TOLERANCE);
    assertThat(problem(headers, BODY)).isEmpty();

    clock.advance(Duration.ofSeconds(1));
    assertThat(problem(headers, BODY))
        .hasValueSatisfying(why -> assertThat(why).contains("301 s behind the clock here"));
  }

  @Test
  void requestFromTheFuture_isNotTrusted() {
    clock.step(SignatureVerifier.TOLERANCE.plusSeconds(1).negated());

    assertThat(problem(headers, BODY))
        .hasValueSatisfying(why -> assertThat(why).contains("301 s ahead of the clock here"));
  }

  @Test
  void noSecret_isRefused() {
    assertThatThrownBy(() -> new SignatureVerifier(List.of(), clock))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
