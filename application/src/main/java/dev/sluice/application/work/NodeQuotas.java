package dev.sluice.application.work;

import dev.sluice.domain.claim.Quotas;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.Set;

/// What one claim of this node may take.
final class NodeQuotas implements Quotas {

  private final int total;
  private final int free;
  private final ClaimableSubscriptions claimable;
  private final Set<SubscriptionName> names;
  private final NodeLimits limits;

  /// @param total maximum number of deliveries, including those claimed ahead
  /// @param free slots that are free
  /// @param claimable the subscriptions that may be claimed
  NodeQuotas(int total, int free, ClaimableSubscriptions claimable, NodeLimits limits) {
    this.total = total;
    this.free = free;
    this.claimable = claimable;
    this.names = claimable.names();
    this.limits = limits;
  }

  @Override
  public int total() {
    return total;
  }

  @Override
  public int of(SubscriptionName subscription) {
    if (!names.contains(subscription)) {
      return 0;
    }
    boolean isAlone = claimable.only().filter(subscription::equals).isPresent();
    int share = isAlone ? total : limits.shares().allowance(subscription, free);
    return limits.withinRate(subscription, share);
  }

  @Override
  public int mostLeased(SubscriptionName subscription) {
    return claimable.concurrencyOf(subscription);
  }

  @Override
  public int withinRate(SubscriptionName subscription) {
    return names.contains(subscription) ? limits.rates().atHand(subscription) : 0;
  }

  @Override
  public Set<SubscriptionName> names() {
    return names;
  }
}
