package dev.sluice.adapter.memory;

import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.figures.CountsBySubscription;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// The number of deliveries of each subscription by status, but for completed and cancelled ones.
/// Guarded by the lock of the [Ledger].
// The arrays that ordinals index live no longer than the process.
@SuppressWarnings("EnumOrdinal")
final class SubscriptionTallies {

  /// Entries of subscriptions without deliveries are kept up to this number, so that a quiet
  /// subscription does not make a new one for each event.
  private static final int MAX_IDLE = 1_024;

  private static final Set<DeliveryStatus> COUNTED =
      EnumSet.of(
          DeliveryStatus.RECEIVED,
          DeliveryStatus.RETRYING,
          DeliveryStatus.PROCESSING,
          DeliveryStatus.FAILED);

  private final Map<SubscriptionName, Tally> tallies = new HashMap<>();

  private static final class Tally {
    private final long[] byStatus = new long[DeliveryStatus.values().length];
    private long sum;
  }

  /// Counts a delivery that enters this status.
  void enter(SubscriptionName subscription, DeliveryStatus status) {
    if (COUNTED.contains(status)) {
      Tally tally = tallies.computeIfAbsent(subscription, _ -> new Tally());
      tally.byStatus[status.ordinal()]++;
      tally.sum++;
    }
  }

  /// Counts a delivery that changes its status.
  void move(SubscriptionName subscription, DeliveryStatus before, DeliveryStatus after) {
    Tally tally =
        COUNTED.contains(before) && COUNTED.contains(after) ? tallies.get(subscription) : null;
    if (tally != null) {
      // The usual case, with one look at the table.
      tally.byStatus[before.ordinal()]--;
      tally.byStatus[after.ordinal()]++;
    } else {
      leave(subscription, before);
      enter(subscription, after);
    }
  }

  /// Counts a delivery that leaves this status.
  void leave(SubscriptionName subscription, DeliveryStatus status) {
    Tally tally = COUNTED.contains(status) ? tallies.get(subscription) : null;
    if (tally != null) {
      tally.byStatus[status.ordinal()]--;
      tally.sum--;
      if (tally.sum == 0 && tallies.size() > MAX_IDLE) {
        tallies.remove(subscription);
      }
    }
  }

  /// Adds the counts to a result.
  void addTo(CountsBySubscription.Builder counts) {
    tallies.forEach(
        (subscription, tally) ->
            COUNTED.forEach(
                status -> counts.add(subscription, status, tally.byStatus[status.ordinal()])));
  }
}
