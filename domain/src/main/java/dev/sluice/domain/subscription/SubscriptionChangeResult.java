package dev.sluice.domain.subscription;

import java.util.List;
import java.util.Optional;

/// The result of changing subscriptions.
public sealed interface SubscriptionChangeResult {

  /// All changes were stored.
  ///
  /// @param stored the new versions, in the order of the changes; all have the same version
  record Stored(List<Subscription> stored) implements SubscriptionChangeResult {

    public Stored {
      stored = List.copyOf(stored);
    }
  }

  /// Nothing was stored: a subscription is not at the expected version.
  ///
  /// @param name the first such subscription
  /// @param actual what is stored instead; empty when there is none or it is deleted
  record Conflict(SubscriptionName name, Optional<Subscription> actual)
      implements SubscriptionChangeResult {}

  /// Nothing was stored: there would be more than
  /// [dev.sluice.domain.port.SubscriptionStore#MAX_SUBSCRIPTIONS].
  record Full() implements SubscriptionChangeResult {}
}
