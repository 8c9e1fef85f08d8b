package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.port.SubscriptionStore;
import dev.sluice.domain.subscription.HandlerName;
import dev.sluice.domain.subscription.RetryPolicy;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.TypePattern;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The promises of [SubscriptionStore].
public interface SubscriptionStoreContract {

  /// Returns a store with these subscriptions.
  SubscriptionStore storeOf(List<Subscription> subscriptions);

  @Test
  default void all_areInTheOrderOfTheirNames() {
    Subscription mail = subscription("mail");
    Subscription audit = subscription("audit");

    assertThat(storeOf(List.of(mail, audit)).all()).containsExactly(audit, mail);
  }

  @Test
  default void find_knowsEachByName() {
    Subscription mail = subscription("mail");
    SubscriptionStore store = storeOf(List.of(mail));

    assertThat(store.find(mail.name())).contains(mail);
    assertThat(store.find(new SubscriptionName("nobody"))).isEmpty();
  }

  private static Subscription subscription(String name) {
    return new Subscription(
        new SubscriptionName(name),
        List.of(TypePattern.ANY),
        new HandlerName("demo"),
        RetryPolicy.DEFAULT);
  }
}
