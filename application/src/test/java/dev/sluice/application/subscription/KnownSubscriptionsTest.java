package dev.sluice.application.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.fixture.Samples;
import dev.sluice.contract.Events;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.subscription.SubscriptionChange;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KnownSubscriptionsTest {

  private static List<String> routes(String type, SubscriptionChange... subscriptions) {
    KnownSubscriptions known = Samples.cacheOf(new SettableClock(), subscriptions).current();
    Event event = Events.event("e-1", type, Instant.EPOCH);
    return known.routesFor(event).stream().map(SubscriptionName::value).toList();
  }

  @Test
  void everySubscriptionThatWantsTheType_getsADelivery() {
    SubscriptionChange audit = Samples.to("audit", "*");
    SubscriptionChange billing = Samples.to("billing", "order.*", "refund");
    SubscriptionChange shipping = Samples.to("shipping", "order.paid");

    assertThat(routes("order.paid", audit, billing, shipping))
        .containsExactly("audit", "billing", "shipping");
    assertThat(routes("refund", audit, billing, shipping)).containsExactly("audit", "billing");
    assertThat(routes("other", audit, billing, shipping)).containsExactly("audit");
  }

  @Test
  void subscriptionThatWantsATypeTwice_getsItOnce() {
    assertThat(routes("order.paid", Samples.to("a", "order.*", "*.paid"), Samples.to("b", "x")))
        .containsExactly("a");
  }

  @Test
  void onlySubscription_isAskedToo() {
    assertThat(routes("order.paid", Samples.to("a", "order.*"))).containsExactly("a");
    assertThat(routes("other", Samples.to("a", "order.*"))).isEmpty();
  }

  @Test
  void withoutSubscriptions_theBuiltInOneGetsEverything() {
    assertThat(routes("order.paid")).containsExactly("default");
  }
}
