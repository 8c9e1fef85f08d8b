package dev.sluice.application.work;

import dev.sluice.domain.claim.Quotas;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.Set;

/// What one claim of this node may take.
final class NodeQuotas implements Quotas {

  private final int total;
  private final FreeSlots free;
  private final Set<SlotPool> pools;
  private final ClaimableSubscriptions claimable;
  private final Set<SubscriptionName> names;
  private final NodeLimits limits;

  /// @param total maximum number of deliveries, including those claimed ahead
  /// @param free slots that are free
  /// @param pools whose deliveries are claimed
  /// @param claimable the subscriptions that may be claimed
  NodeQuotas(
      int total,
      FreeSlots free,
      Set<SlotPool> pools,
      ClaimableSubscriptions claimable,
      NodeLimits limits) {
    this.total = total;
    this.free = free;
    this.pools = Set.copyOf(pools);
    this.claimable = claimable;
    this.names = claimable.names();
    this.limits = limits;
  }

  @Override
  public int total() {
    return total;
  }

  @Override
  public boolean covers(SubscriptionName subscription) {
    return pools.contains(claimable.poolOf(subscription));
  }

  @Override
  public int of(SubscriptionName subscription) {
    if (!names.contains(subscription) || !covers(subscription)) {
      return 0;
    }
    SlotPool pool = claimable.poolOf(subscription);
    boolean isAlone = claimable.only().filter(subscription::equals).isPresent();
    int share = isAlone ? wholeShare(pool) : limits.shares().allowance(subscription, free.of(pool));
    return limits.withinRate(subscription, Math.min(share, withinPace(subscription, pool)));
  }

  /// All that may be claimed for a pool, but nothing for the slots of another one.
  private int wholeShare(SlotPool pool) {
    return pools.size() == 1 ? total : Math.min(total, free.of(pool));
  }

  @Override
  public int mostLeased(SubscriptionName subscription) {
    return claimable.concurrencyOf(subscription);
  }

  @Override
  public int withinRate(SubscriptionName subscription) {
    return names.contains(subscription)
        ? Math.min(
            limits.rates().atHand(subscription),
            withinPace(subscription, claimable.poolOf(subscription)))
        : 0;
  }

  /// Of deliveries to receivers none is claimed ahead: it would wait for a receiver, not for a
  /// slot.
  private int withinPace(SubscriptionName subscription, SlotPool pool) {
    return switch (pool) {
      case HANDLERS -> Integer.MAX_VALUE;
      case RECEIVERS ->
          Math.min(
              free.receivers(),
              limits.shares().room(subscription, claimable.limitOf(subscription)));
    };
  }

  @Override
  public Set<SubscriptionName> names() {
    return names;
  }
}
