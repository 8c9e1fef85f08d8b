package dev.sluice.adapter.memory;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contract.SubscriptionStoreContract;
import dev.sluice.domain.port.SubscriptionStore;
import dev.sluice.domain.subscription.HandlerName;
import dev.sluice.domain.subscription.RetryPolicy;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.TypePattern;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MemorySubscriptionStoreTest implements SubscriptionStoreContract {

  @Override
  public SubscriptionStore storeOf(List<Subscription> subscriptions) {
    return MemoryAdapter.subscriptions(subscriptions);
  }

  @Test
  void equalNames_areRefused() {
    var twice =
        new Subscription(
            SubscriptionName.DEFAULT,
            List.of(TypePattern.ANY),
            new HandlerName("demo"),
            RetryPolicy.DEFAULT);

    assertThatThrownBy(() -> storeOf(List.of(twice, twice)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("default");
  }
}
