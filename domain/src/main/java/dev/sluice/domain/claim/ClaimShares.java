package dev.sluice.domain.claim;

import dev.sluice.domain.subscription.SubscriptionName;
import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;

/// Divides a claim among subscriptions: each gets an equal share, and what one does not need goes
/// to the others (max-min fairness).
public final class ClaimShares {

  private ClaimShares() {}

  /// Claims deliveries of one subscription.
  ///
  /// @param <E> what it may throw
  public interface Taker<E extends Exception> {

    /// Claims up to `max` deliveries.
    ///
    /// @return how many were claimed; fewer than `max` if no more can be had now
    int take(SubscriptionName subscription, int max) throws E;
  }

  /// A subscription that may have more deliveries.
  private record Open(SubscriptionName name, int quota) {}

  /// Claims at most [Quotas#total] deliveries, and of no subscription more than its quota.
  ///
  /// @param inTurn the subscriptions that may have due deliveries; the first ones get what is left
  ///   over when the shares are not equal
  public static <E extends Exception> void divide(
      Quotas quotas, List<SubscriptionName> inTurn, Taker<E> taker) throws E {
    int left = quotas.total();
    List<Open> open = open(quotas, inTurn);
    while (left > 0 && !open.isEmpty()) {
      int share = Math.ceilDiv(left, open.size());
      for (ListIterator<Open> next = open.listIterator(); next.hasNext() && left > 0; ) {
        Open one = next.next();
        int wanted = Math.min(Math.min(share, one.quota), left);
        int taken = taker.take(one.name, wanted);
        left -= taken;
        if (taken < wanted || taken == one.quota) {
          next.remove();
        } else {
          next.set(new Open(one.name, one.quota - taken));
        }
      }
    }
  }

  private static List<Open> open(Quotas quotas, List<SubscriptionName> inTurn) {
    var open = new ArrayList<Open>(inTurn.size());
    for (SubscriptionName name : inTurn) {
      int quota = quotas.of(name);
      if (quota > 0) {
        open.add(new Open(name, quota));
      }
    }
    return open;
  }
}
