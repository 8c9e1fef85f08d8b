package dev.sluice.application.work;

import dev.sluice.domain.subscription.SubscriptionName;
import java.util.Set;

/// What is paused at the moment.
///
/// @param isEverything whether all processing is paused
/// @param subscriptions subscriptions that are paused individually
public record PausedWork(boolean isEverything, Set<SubscriptionName> subscriptions) {

  /// Nothing is paused.
  public static final PausedWork NOTHING = new PausedWork(false, Set.of());

  public PausedWork {
    subscriptions = Set.copyOf(subscriptions);
  }

  /// Whether deliveries of this subscription must not start.
  boolean holds(SubscriptionName subscription) {
    return isEverything || subscriptions.contains(subscription);
  }
}
