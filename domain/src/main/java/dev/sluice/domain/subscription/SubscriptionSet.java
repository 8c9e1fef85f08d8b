package dev.sluice.domain.subscription;

import java.util.List;

/// All subscriptions at one time.
///
/// @param version 0 as long as no subscription was ever stored; grows with each change
/// @param subscriptions the current version of each that is not [Lifecycle#DELETED], in the order
///   of their names
public record SubscriptionSet(long version, List<Subscription> subscriptions) {

  /// No subscription was ever stored.
  public static final SubscriptionSet EMPTY = new SubscriptionSet(0, List.of());

  public SubscriptionSet {
    subscriptions = List.copyOf(subscriptions);
  }
}
