package dev.sluice.application.subscription;

import dev.sluice.application.schedule.NextRun;
import dev.sluice.domain.port.DeliveryControl;
import dev.sluice.domain.port.DeliveryQueue;
import dev.sluice.domain.port.SubscriptionStore;
import dev.sluice.domain.subscription.Lifecycle;
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
import java.util.function.Consumer;

/// Ends deleted subscriptions: cancels their waiting deliveries where that was asked for, and
/// removes them when none is left.
public final class DeletedSubscriptions {

  private static final System.Logger LOG = System.getLogger(DeletedSubscriptions.class.getName());

  /// As long after the deletion another node may still route events to it.
  private static final Duration LATEST_ROUTING = Duration.ofSeconds(10);

  private static final Duration EVERY = Duration.ofMillis(200);
  private static final int STEP = 500;

  private final SubscriptionStore store;
  private final SubscriptionCache cache;
  private final DeliveryQueue queue;
  private final DeliveryControl control;
  private final Consumer<SubscriptionName> onRemoved;
  private final TimeSource clock;
  private final NextRun nextRun;

  /// When each version that deletes a subscription may be the last one. Used by one thread.
  private final Map<Subscription, TimeLimit> seen = new HashMap<>();

  /// @param onRemoved receives each subscription that this node has removed
  public DeletedSubscriptions(
      SubscriptionStore store,
      SubscriptionCache cache,
      DeliveryQueue queue,
      DeliveryControl control,
      Consumer<SubscriptionName> onRemoved,
      TimeSource clock) {
    this.store = store;
    this.cache = cache;
    this.queue = queue;
    this.control = control;
    this.onRemoved = onRemoved;
    this.clock = clock;
    this.nextRun = new NextRun(clock);
  }

  /// Works on deleted subscriptions when due. Called by one thread at a time; costs nothing while
  /// there is none.
  public void tick() {
    if (nextRun.isDue()) {
      nextRun.in(EVERY);
      run();
    }
  }

  private void run() {
    List<Subscription> deleted = cache.current().deleted();
    seen.keySet().retainAll(deleted);
    for (Subscription subscription : deleted) {
      TimeLimit end = seen.computeIfAbsent(subscription, _ -> TimeLimit.of(clock, LATEST_ROUTING));
      if (subscription.lifecycle() == Lifecycle.CANCELLING) {
        control.cancelWaiting(subscription.name(), STEP);
      }
      if (end.isOver() && queue.countUnfinished(subscription.name(), 1) == 0) {
        remove(subscription);
      }
    }
  }

  /// Another node may be faster; then the version is not the expected one.
  private void remove(Subscription subscription) {
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
      onRemoved.accept(subscription.name());
      LOG.log(
          Level.INFO,
          "deleted subscription {0}: it has no unfinished deliveries",
          subscription.name());
    }
    cache.refresh();
  }
}
