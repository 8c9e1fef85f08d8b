package dev.sluice.application.subscription;

import dev.sluice.application.schedule.NextRun;
import dev.sluice.domain.port.StoragePorts;
import dev.sluice.domain.port.SubscriptionStore;
import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.PauseScope;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionChange;
import dev.sluice.domain.subscription.SubscriptionChange.Expected;
import dev.sluice.domain.subscription.SubscriptionChangeResult;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.time.TimeLimit;
import dev.sluice.domain.time.TimeSource;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Ends deleted subscriptions: cancels their waiting deliveries where that was asked for, and
/// removes them when none is left.
public final class DeletedSubscriptions {

  private static final System.Logger LOG = System.getLogger(DeletedSubscriptions.class.getName());

  /// As long after the deletion another node may still route events to it.
  private static final Duration LATEST_ROUTING = Duration.ofSeconds(10);

  /// The time between two looks while deliveries are being cancelled, and otherwise.
  private static final Duration BUSY = Duration.ofMillis(200);

  private static final Duration IDLE = Duration.ofSeconds(2);

  /// Maximum numbers of subscriptions that one look works on, and of deliveries that it cancels of
  /// each.
  private static final int MAX_AT_ONCE = 100;

  private static final int STEP = 500;

  private final SubscriptionStore store;
  private final SubscriptionCache cache;
  private final StoragePorts ports;
  private final TimeSource clock;
  private final NextRun nextRun;

  /// When each version that deletes a subscription may be the last one. Used by one thread.
  private final Map<Subscription, TimeLimit> seen = new HashMap<>();

  /// Where the next look begins, so that all have their turn. Used by one thread.
  private int next;

  public DeletedSubscriptions(SubscriptionCache cache, StoragePorts ports, TimeSource clock) {
    this.store = ports.subscriptions();
    this.cache = cache;
    this.ports = ports;
    this.clock = clock;
    this.nextRun = new NextRun(clock);
  }

  /// Works on deleted subscriptions when due. Called by one thread at a time; costs nothing while
  /// there is none.
  public void tick() {
    if (nextRun.isDue()) {
      nextRun.in(IDLE);
      List<Subscription> deleted = cache.current().deleted();
      seen.keySet().retainAll(deleted);
      if (!deleted.isEmpty()) {
        run(deleted);
      }
    }
  }

  private void run(List<Subscription> deleted) {
    deleted.forEach(this::latestRouting);
    boolean isBusy = false;
    int count = Math.min(deleted.size(), MAX_AT_ONCE);
    for (int number = 0; number < count; number++) {
      next = (next + 1) % deleted.size();
      isBusy |= work(deleted.get(next));
    }
    cache.refresh();
    if (isBusy) {
      nextRun.in(BUSY);
    }
  }

  /// Returns whether more deliveries may have to be cancelled.
  private boolean work(Subscription subscription) {
    SubscriptionName name = subscription.name();
    if (subscription.lifecycle() == Lifecycle.CANCELLING
        && ports.storage().control().cancelWaiting(name, STEP) >= STEP) {
      return true;
    }
    if (latestRouting(subscription).isOver()
        && ports.storage().deliveries().countUnfinished(name, 1) == 0
        && !hasLanes(name)) {
      remove(subscription);
    }
    return false;
  }

  /// Releases its lanes: blocked ones keep their dead letters from being deleted.
  ///
  /// @return whether some may be left
  private boolean hasLanes(SubscriptionName name) {
    return ports
        .storage()
        .lanes()
        .filter(lanes -> lanes.arrange(name, Optional.empty(), STEP))
        .isPresent();
  }

  private TimeLimit latestRouting(Subscription subscription) {
    return seen.computeIfAbsent(subscription, _ -> TimeLimit.of(clock, LATEST_ROUTING));
  }

  /// Another node may be faster; then the version is not the expected one.
  private void remove(Subscription subscription) {
    // Otherwise a later subscription of this name would be paused, or wait for tokens. First, so
    // that it is repeated when the process ends in between.
    ports.pauses().remove(new PauseScope.One(subscription.name()));
    ports.rateTokens().forget(subscription.name());
    var change =
        new SubscriptionChange(
            subscription.name(),
            new Expected.Version(subscription.version()),
            subscription.definition(),
            Lifecycle.DELETED,
            subscription.origin());
    SubscriptionChangeResult result =
        store.change(List.of(change), subscription.changedBy(), clock.instant());
    if (result instanceof SubscriptionChangeResult.Stored) {
      LOG.log(
          Level.INFO,
          "deleted subscription {0}: it has no unfinished deliveries",
          subscription.name());
    }
  }
}
