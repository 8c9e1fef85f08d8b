package dev.sluice.domain.claim;

import dev.sluice.domain.subscription.SubscriptionName;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// How many deliveries of each subscription are leased, in a storage of one process. Safe for
/// concurrent use.
public final class LeaseCounts {

  /// Arrays of one number, which is not zero. Guarded by its own monitor.
  private final Map<SubscriptionName, int[]> leased = new HashMap<>();

  /// Those whose limit has kept a claim from a delivery since one of theirs was released.
  private final Set<SubscriptionName> limited = Collections.synchronizedSet(new HashSet<>());

  /// Creates counts of a storage without leases.
  public LeaseCounts() {
    // Nothing is leased yet.
  }

  /// Records a leased delivery.
  public void leased(SubscriptionName subscription) {
    synchronized (leased) {
      leased.computeIfAbsent(subscription, _ -> new int[1])[0]++;
    }
  }

  /// Records that a delivery is no longer leased.
  ///
  /// @return whether a claim may find more because of that
  public boolean released(SubscriptionName subscription) {
    synchronized (leased) {
      int[] count = leased.get(subscription);
      if (count != null && --count[0] == 0) {
        leased.remove(subscription);
      }
    }
    return limited.remove(subscription);
  }

  /// Returns quotas that leave no subscription more leases than [Quotas#mostLeased].
  public Quotas limit(Quotas quotas) {
    return new Limited(quotas);
  }

  private int count(SubscriptionName subscription) {
    synchronized (leased) {
      int[] count = leased.get(subscription);
      return count == null ? 0 : count[0];
    }
  }

  private int left(SubscriptionName subscription, int most) {
    // First, so that a release after the count was read reports it.
    limited.add(subscription);
    int left = Math.max(0, most - count(subscription));
    if (left > 0) {
      limited.remove(subscription);
    }
    return left;
  }

  private final class Limited implements Quotas {

    private final Quotas quotas;

    Limited(Quotas quotas) {
      this.quotas = quotas;
    }

    @Override
    public int total() {
      return quotas.total();
    }

    @Override
    public boolean covers(SubscriptionName subscription) {
      return quotas.covers(subscription);
    }

    @Override
    public int of(SubscriptionName subscription) {
      int quota = quotas.of(subscription);
      int most = quotas.mostLeased(subscription);
      return quota == 0 || most == Integer.MAX_VALUE
          ? quota
          : Math.min(quota, left(subscription, most));
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
}
