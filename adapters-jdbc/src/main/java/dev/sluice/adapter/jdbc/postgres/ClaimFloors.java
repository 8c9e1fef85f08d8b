package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// Where claims begin to search, for each subscription that was claimed lately.
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

  /// The due time from which claims search for due deliveries. The index by time begins with
  /// entries of deliveries that are gone, up to a million after a busy minute, until the server
  /// cleans it up; walking over them each time would make claims several times as slow. So most
  /// claims start a little before the first result of the last full search. Deliveries that come in
  /// later are due later, except those that were handed back or unparked and those of long
  /// transactions: the next full search finds them.
  static final class ClaimFloor {

    private static final long NOWHERE = Long.MIN_VALUE;
    private static final long BETWEEN_WHOLE_LOOKS = Duration.ofSeconds(1).toNanos();

    /// New deliveries are due when their transaction began, and visible when it ends.
    private static final long LONGEST_APPEND = Duration.ofSeconds(1).toNanos();

    private long floor = NOWHERE;
    private long lastWholeLook;

    /// Returns the earliest due time to search for.
    synchronized long get() {
      if (System.nanoTime() - lastWholeLook > BETWEEN_WHOLE_LOOKS) {
        floor = NOWHERE;
      }
      return floor;
    }

    /// Records that the first delivery found from `from` on has been due since `due`.
    synchronized void found(long from, long due) {
      if (from == NOWHERE) {
        floor = due - LONGEST_APPEND;
        lastWholeLook = System.nanoTime();
      }
    }

    /// Records that nothing was found: there is time for a full search.
    synchronized void foundNothing() {
      floor = NOWHERE;
    }

    /// Makes the next search a full one, because deliveries were put below the floor.
    synchronized void lookEverywhere() {
      floor = NOWHERE;
    }
  }
}
