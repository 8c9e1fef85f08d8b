package dev.sluice.domain.claim;

import dev.sluice.domain.subscription.SubscriptionName;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// Quotas for tests, which do not change.
record FixedQuotas(int total, Map<SubscriptionName, Integer> quotas) implements Quotas {

  /// @param quotas names and quotas in turn
  static FixedQuotas of(int total, Object... quotas) {
    var byName = new HashMap<SubscriptionName, Integer>();
    for (int index = 0; index < quotas.length; index += 2) {
      byName.put(new SubscriptionName((String) quotas[index]), (Integer) quotas[index + 1]);
    }
    return new FixedQuotas(total, byName);
  }

  @Override
  public boolean covers(SubscriptionName subscription) {
    return true;
  }

  @Override
  public int of(SubscriptionName subscription) {
    return quotas.getOrDefault(subscription, 0);
  }

  @Override
  public int mostLeased(SubscriptionName subscription) {
    return Integer.MAX_VALUE;
  }

  @Override
  public int withinRate(SubscriptionName subscription) {
    return Integer.MAX_VALUE;
  }

  @Override
  public Set<SubscriptionName> names() {
    return quotas.keySet();
  }
}
