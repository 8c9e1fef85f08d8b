package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.domain.claim.Quotas;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// What is left of quotas during a claim. Used by one thread.
final class RemainingQuotas implements Quotas {

  private final Quotas quotas;
  private final Map<SubscriptionName, Integer> taken = new HashMap<>();
  private final Map<SubscriptionName, Integer> limits = new HashMap<>();
  private int total;

  RemainingQuotas(Quotas quotas) {
    this.quotas = quotas;
    this.total = quotas.total();
  }

  /// Limits a subscription further.
  void limit(SubscriptionName subscription, int most) {
    limits.put(subscription, most);
  }

  /// Records a claimed delivery.
  void took(SubscriptionName subscription) {
    total--;
    taken.merge(subscription, 1, Integer::sum);
  }

  @Override
  public int total() {
    return total;
  }

  @Override
  public boolean covers(SubscriptionName subscription) {
    return quotas.covers(subscription);
  }

  @Override
  public int of(SubscriptionName subscription) {
    int most =
        Math.min(quotas.of(subscription), limits.getOrDefault(subscription, Integer.MAX_VALUE));
    return Math.max(0, most - taken.getOrDefault(subscription, 0));
  }

  @Override
  public int mostLeased(SubscriptionName subscription) {
    return quotas.mostLeased(subscription);
  }

  @Override
  public int withinRate(SubscriptionName subscription) {
    return quotas.withinRate(subscription);
  }

  @Override
  public Set<SubscriptionName> names() {
    return quotas.names();
  }
}
