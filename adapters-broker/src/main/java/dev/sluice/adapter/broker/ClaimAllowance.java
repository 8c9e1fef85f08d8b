package dev.sluice.adapter.broker;

import dev.sluice.domain.claim.Quotas;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.HashMap;
import java.util.Map;

/// Which of the received deliveries one claim may begin. Used by one thread.
final class ClaimAllowance {

  private final Quotas quotas;
  private final Map<SubscriptionName, Integer> left = new HashMap<>();

  ClaimAllowance(Quotas quotas) {
    this.quotas = quotas;
  }

  /// Returns whether the subscription has a quota at all.
  boolean isClaimable(SubscriptionName subscription) {
    return quotas.names().contains(subscription);
  }

  /// Returns whether the claim leaves deliveries of the subscription where they are.
  boolean leaves(SubscriptionName subscription) {
    return isClaimable(subscription) && !quotas.covers(subscription);
  }

  /// Counts a delivery that is to begin.
  ///
  /// @return false if the rate limit allows no more
  boolean take(SubscriptionName subscription) {
    int rest = left.computeIfAbsent(subscription, quotas::withinRate);
    if (rest > 0) {
      left.put(subscription, rest - 1);
    }
    return rest > 0;
  }
}
