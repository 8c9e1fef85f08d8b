package dev.sluice.adapter.memory;

import dev.sluice.domain.port.SubscriptionStore;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The subscriptions that were configured at the start.
final class MemorySubscriptionStore implements SubscriptionStore {

  private final List<Subscription> inOrder;
  private final Map<SubscriptionName, Subscription> byName;

  MemorySubscriptionStore(List<Subscription> subscriptions) {
    inOrder =
        subscriptions.stream()
            .sorted(
                Comparator.comparing((Subscription subscription) -> subscription.name().value()))
            .toList();
    byName =
        inOrder.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Subscription::name,
                    Function.identity(),
                    (one, other) -> {
                      throw new IllegalArgumentException(
                          "two subscriptions are named " + one.name());
                    }));
  }

  @Override
  public List<Subscription> all() {
    return inOrder;
  }

  @Override
  public Optional<Subscription> find(SubscriptionName name) {
    return Optional.ofNullable(byName.get(name));
  }
}
