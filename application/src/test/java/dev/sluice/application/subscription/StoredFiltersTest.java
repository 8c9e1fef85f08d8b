package dev.sluice.application.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.memory.MemoryAdapter;
import dev.sluice.application.fixture.PlainFilters;
import dev.sluice.application.fixture.Samples;
import dev.sluice.contract.Events;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.port.SubscriptionStore;
import dev.sluice.domain.subscription.DeliveryPolicy;
import dev.sluice.domain.subscription.EventPattern;
import dev.sluice.domain.subscription.SubscriptionChange;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.TypePattern;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The filters of stored subscriptions decide where events go.
final class StoredFiltersTest {

  private final SettableClock clock = new SettableClock();
  private final SubscriptionStore store = MemoryAdapter.subscriptions();
  private final PlainFilters format = new PlainFilters();
  private final SubscriptionCache cache =
      new SubscriptionCache(store, Samples.BUILT_IN, format, clock);

  private void store(String name, String filter) {
    SubscriptionChange plain = Samples.to(name, "*");
    var definition =
        new SubscriptionDefinition(
            "",
            List.of(TypePattern.ANY),
            Optional.of(new EventPattern(filter)),
            Samples.DESTINATION,
            DeliveryPolicy.DEFAULT);
    store.change(
        List.of(
            new SubscriptionChange(
                plain.name(), plain.expected(), definition, plain.lifecycle(), plain.origin())),
        "ann",
        clock.instant());
  }

  private List<String> routes(String payload) {
    Event event = Events.withPayload(Events.event("e-1"), payload);
    return cache.current().routesFor(event).stream().map(SubscriptionName::value).toList();
  }

  @Test
  void storedFilter_isInForceAfterTheNextRefresh() {
    assertThat(routes("n=1")).containsExactly("default");

    store("a", "payload.n=1");
    store("b", "payload.n=2");
    assertThat(routes("n=1")).containsExactly("default");
    cache.refresh();
    assertThat(routes("n=1")).containsExactly("a");

    store("a", "payload.n=2");
    cache.refresh();
    assertThat(routes("n=1")).isEmpty();
    assertThat(routes("n=2")).containsExactly("a", "b");
    assertThat(format.filtersRead()).isEqualTo(3);
  }

  @Test
  void filterThatIsNotUnderstood_stopsNothingElse() {
    store("a", "?");
    store("b", "payload.n=1");
    cache.refresh();

    assertThat(routes("n=1")).containsExactly("b");
  }
}
