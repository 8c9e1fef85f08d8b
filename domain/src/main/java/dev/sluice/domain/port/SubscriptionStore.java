package dev.sluice.domain.port;

import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.List;
import java.util.Optional;

/// Provides the subscriptions.
public interface SubscriptionStore {

  /// Returns all subscriptions, in the order of their names. It is called for every event that is
  /// received, so it must answer from memory.
  List<Subscription> all();

  /// Returns the subscription with this name.
  Optional<Subscription> find(SubscriptionName name);
}
