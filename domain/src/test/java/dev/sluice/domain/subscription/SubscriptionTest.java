package dev.sluice.domain.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.domain.event.EventType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SubscriptionTest {

  private static SubscriptionDefinition to(String... globs) {
    return SubscriptionDefinition.of(
        Arrays.stream(globs).map(TypePattern::new).toList(), new Destination.Demo());
  }

  @Test
  void subscription_wantsWhatAnyOfItsPatternsTakes() {
    SubscriptionDefinition subscription = to("order.*", "refund");

    assertThat(subscription.wants(new EventType("order.paid"))).isTrue();
    assertThat(subscription.wants(new EventType("refund"))).isTrue();
    assertThat(subscription.wants(new EventType("invoice.sent"))).isFalse();
  }

  @Test
  void subscriptionWithoutPattern_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> to())
        .withMessageContaining("1 to 100 types");
  }

  @Test
  void patterns_cannotBeChangedFromOutside() {
    var patterns = new ArrayList<>(List.of(TypePattern.ANY));
    var subscription = SubscriptionDefinition.of(patterns, new Destination.Demo());

    patterns.clear();

    assertThat(subscription.wants(EventType.DEFAULT)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "z",
        "0",
        "9",
        "-",
        "_",
        ".",
        "billing-2.eu_west",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void usableName_isKept(String name) {
    assertThat(new SubscriptionName(name)).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "A",
        "é",
        "a b",
        "a/b",
        "a:b",
        "`",
        "{",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void otherName_isRefusedWithItsText(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SubscriptionName(name))
        .withMessageStartingWith("subscription name")
        .withMessageEndingWith("'" + name + "'");
  }
}
