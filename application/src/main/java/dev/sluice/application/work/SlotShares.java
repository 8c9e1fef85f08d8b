package dev.sluice.application.work;

import dev.sluice.domain.subscription.SubscriptionName;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Shares the slots of a node among subscriptions, so that one whose attempts hang or whose backlog
/// is long never takes all of them.
///
/// A subscription may hold at most [#FACTOR] times as many slots as are left free: the dynamic
/// threshold of Choudhury and Hahne ("Dynamic Queue Length Thresholds for Shared-Memory Packet
/// Switches", IEEE/ACM Transactions on Networking, 1998). One alone gets eight ninths of the slots,
/// two get eight seventeenths each, and a few always stay free for those that have held none.
final class SlotShares {

  /// Larger values use more slots while few subscriptions have work, and keep fewer free.
  static final int FACTOR = 8;

  private final Map<SubscriptionName, Load> loads = new ConcurrentHashMap<>();

  /// What a subscription holds. Guarded by its own monitor.
  private static final class Load {

    /// Deliveries that are claimed and whose attempt has not ended.
    private int held;

    /// Attempts that ended soon since the last claim.
    private int endedSoon;

    /// Whether a claim got less than it could have taken, since the last release.
    private boolean isLimited;
  }

  /// Records a claimed delivery.
  void claimed(SubscriptionName subscription) {
    Load load = loads.computeIfAbsent(subscription, _ -> new Load());
    synchronized (load) {
      load.held++;
      load.endedSoon = 0;
    }
  }

  /// Records that an attempt ended, or that a claimed delivery was handed back.
  ///
  /// @param wasShort whether the attempt took so little time that it is worth claiming ahead
  /// @return whether the subscription was limited before, and may have more now
  boolean released(SubscriptionName subscription, boolean wasShort) {
    Load load = loads.computeIfAbsent(subscription, _ -> new Load());
    synchronized (load) {
      load.held--;
      load.endedSoon += wasShort ? 1 : 0;
      boolean wasLimited = load.isLimited;
      load.isLimited = false;
      return wasLimited;
    }
  }

  /// Returns how many more deliveries of a subscription may be in progress, and records whether it
  /// could have had more.
  ///
  /// @param most how many may be in progress
  int room(SubscriptionName subscription, int most) {
    Load load = loads.computeIfAbsent(subscription, _ -> new Load());
    synchronized (load) {
      // What ends a limit of 0 is not that an attempt ends.
      load.isLimited |= load.held > 0;
      return Math.max(0, most - load.held);
    }
  }

  /// Returns how many deliveries of a subscription may be claimed now.
  ///
  /// @param free slots that are free
  int allowance(SubscriptionName subscription, int free) {
    Load load = loads.get(subscription);
    if (load == null) {
      return Math.min(free, Math.max(1, FACTOR * free / (FACTOR + 1)));
    }
    synchronized (load) {
      // The claimed ones are no longer free: held + x <= FACTOR * (free - x).
      int share = (FACTOR * free - load.held) / (FACTOR + 1);
      int least = load.held == 0 ? Math.min(free, 1) : 0;
      int allowed = Math.max(least, share) + load.endedSoon;
      load.isLimited |= allowed < free;
      return allowed;
    }
  }
}
