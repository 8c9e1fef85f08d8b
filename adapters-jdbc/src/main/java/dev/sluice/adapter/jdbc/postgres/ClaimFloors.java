package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.domain.subscription.SubscriptionName;
import java.util.LinkedHashMap;
import java.util.Map;

/// The [ClaimFloor] of each subscription that was claimed lately.
final class ClaimFloors {

  /// Losing a floor only costs a full search.
  private static final int MAX_FLOORS = 10_000;

  /// Guarded by this object's monitor.
  private final Map<SubscriptionName, ClaimFloor> floors =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<SubscriptionName, ClaimFloor> eldest) {
          return size() > MAX_FLOORS;
        }
      };

  synchronized ClaimFloor of(SubscriptionName subscription) {
    return floors.computeIfAbsent(subscription, _ -> new ClaimFloor());
  }
}
