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

  private static Subscription to(String... globs) {
    return new Subscription(
        new SubscriptionName("billing"),
        Arrays.stream(globs).map(TypePattern::new).toList(),
        new HandlerName("demo"),
        RetryPolicy.DEFAULT);
  }

  @Test
  void subscription_wantsWhatAnyOfItsPatternsTakes() {
    Subscription subscription = to("order.*", "refund");

    assertThat(subscription.wants(new EventType("order.paid"))).isTrue();
    assertThat(subscription.wants(new EventType("refund"))).isTrue();
    assertThat(subscription.wants(new EventType("invoice.sent"))).isFalse();
  }

  @Test
  void subscriptionWithoutPattern_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> to())
        .withMessageContaining("billing")
        .withMessageContaining("pattern");
  }

  @Test
  void patterns_cannotBeChangedFromOutside() {
    var patterns = new ArrayList<>(List.of(TypePattern.ANY));
    var subscription =
        new Subscription(
            SubscriptionName.DEFAULT, patterns, new HandlerName("demo"), RetryPolicy.DEFAULT);

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
    assertThat(new HandlerName(name)).hasToString(name);
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
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HandlerName(name))
        .withMessageStartingWith("handler name");
  }
}
