package dev.sluice.adapter.webhook.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WebhookSecretTest {

  private static String text(int bytes) {
    return "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);
  }

  @Test
  void generatedSecret_has32BytesAndComesBack() {
    String text = WebhookSecret.generate(new Random(7)).reveal();

    assertThat(WebhookSecret.parse(text).reveal()).isEqualTo(text);
    assertThat(Base64.getDecoder().decode(text.substring(6))).hasSize(32);
  }

  @Test
  void generatedSecrets_differ() {
    var random = new Random(7);

    assertThat(WebhookSecret.generate(random).reveal())
        .isNotEqualTo(WebhookSecret.generate(random).reveal());
  }

  @ParameterizedTest
  @ValueSource(ints = {24, 32, 64})
  void ownSecret_isAccepted(int bytes) {
    assertThat(WebhookSecret.parse(text(bytes)).reveal()).isEqualTo(text(bytes));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 23, 65, 1000})
  void secretOfOtherLength_isRefused(int bytes) {
    assertThatThrownBy(() -> WebhookSecret.parse(text(bytes)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("24 to 64 bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "secret", "WHSEC_AAAA", "whsk_AAAA", "whsec_verysecret!text", "whsec_Ã"})
  void malformedSecret_isRefusedWithoutRepeatingIt(String text) {
    assertThatThrownBy(() -> WebhookSecret.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .message()
        .doesNotContain("verysecret", "AAAA");
  }

  @Test
  void text_doesNotShowSecret() {
    assertThat(WebhookSecret.generate(new Random(7))).hasToString("whsec_…");
  }
}
