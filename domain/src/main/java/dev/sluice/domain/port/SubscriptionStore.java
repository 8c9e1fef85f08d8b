package dev.sluice.domain.port;

import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.List;
import java.util.Optional;

/// Knows the subscriptions.
public interface SubscriptionStore {

  /// All of them, in the order of their names. Called for every event that comes in, so it answers
  /// from memory.
  List<Subscription> all();

  /// The one with this name.
  Optional<Subscription> find(SubscriptionName name);
}
