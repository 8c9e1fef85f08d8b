package dev.sluice.adapter.webhook.signature;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WebhookIdTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "evt_1", "7f3c-4d2a", "A_b-9"})
  void safeId_staysAsItIs(String id) {
    assertThat(WebhookId.of(id)).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"order.1", "a b", "é", "a/b", "", "a\n"})
  void otherId_isHashed(String id) {
    assertThat(WebhookId.of(id)).matches("evt_[A-Za-z0-9_-]{32}").isEqualTo(WebhookId.of(id));
  }

  @Test
  void longestId_staysAndLongerIsHashed() {
    assertThat(WebhookId.of("x".repeat(128))).hasSize(128);
    assertThat(WebhookId.of("x".repeat(129))).startsWith("evt_").hasSize(36);
  }

  @Property(tries = 300)
  void anyId_becomesSafe(@ForAll String id) {
    assertThat(WebhookId.of(id)).matches("[A-Za-z0-9_-]{1,128}");
  }
}
