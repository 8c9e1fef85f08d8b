package dev.sluice.domain.claim;

import dev.sluice.domain.subscription.SubscriptionName;
import java.util.Set;

/// What a claim may take: a positive list, so that a delivery of a subscription that is paused, at
/// its limit or unknown to the caller is never touched, and costs nothing however many there are.
///
/// The answers may change between calls.
public interface Quotas {

  /// Returns the maximum number of deliveries of all subscriptions together, 0 or more.
  int total();

  /// Returns whether the claim is for deliveries of this subscription at all: others may have room
  /// for it in a claim of their own, so storages that receive deliveries in an order that they do
  /// not choose leave its deliveries where they are. [#of] is 0 where this is false.
  boolean covers(SubscriptionName subscription);

  /// Returns the maximum number of deliveries of this subscription; 0 for one that must not be
  /// claimed. Costs next to nothing.
  int of(SubscriptionName subscription);

  /// Returns the maximum number of deliveries of this subscription that may be leased at once, by
  /// all workers together; [Integer#MAX_VALUE] for one without a limit. The storage counts the
  /// leases, so that it holds over all nodes.
  int mostLeased(SubscriptionName subscription);

  /// Returns how many deliveries of this subscription its rate limit allows to begin now;
  /// [Integer#MAX_VALUE] for one without a limit. [#of] is never more. Storages that receive
  /// deliveries in an order that they do not choose keep this limit alone.
  int withinRate(SubscriptionName subscription);

  /// Returns all subscriptions whose quota may be more than 0, each once. It must not change while
  /// a claim reads it.
  Set<SubscriptionName> names();
}
