package dev.sluice.application.subscription;

import dev.sluice.application.routing.RoutingTable;
import dev.sluice.application.schedule.NextRun;
import dev.sluice.domain.filter.FilterFormat;
import dev.sluice.domain.port.SubscriptionStore;
import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionChange;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.SubscriptionSet;
import dev.sluice.domain.time.TimeLimit;
import dev.sluice.domain.time.TimeSource;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The subscriptions as this node knows them: what it changes itself, at once, and what other nodes
/// change, within about a second.
public final class SubscriptionCache {

  private static final System.Logger LOG = System.getLogger(SubscriptionCache.class.getName());
  private static final Duration REFRESH_EVERY = Duration.ofMillis(500);

  /// Subscriptions that were read longer ago than this are refreshed before an event is routed.
  /// That happens only after the process or the machine was suspended, or if the store is slow.
  private static final Duration STALE_AFTER = Duration.ofSeconds(5);

  private static final Duration MAX_WAIT = Duration.ofSeconds(1);

  /// More changes at once are read as a whole set.
  private static final int MAX_CHANGES = 1_000;

  private final SubscriptionStore store;
  private final Subscription builtIn;
  private final TimeSource clock;
  private final NextRun nextRefresh;

  /// Held while the store is read and the result applied, so that an older set never replaces a
  /// newer one. Guards `nextRefresh`.
  private final ReentrantLock refreshing = new ReentrantLock();

  private final ReentrantLock waiting = new ReentrantLock();
  private final Condition refreshDone = waiting.newCondition();
  private final Duration maxWait;

  private volatile KnownSubscriptions current;
  private volatile LastRefresh lastRefresh;

  /// When the store was last asked for changes. The monotonic clock may stop during a suspension
  /// and the wall clock can be set, so either can say that it is long ago.
  private record LastRefresh(TimeLimit freshness, long wallMillis) {

    static LastRefresh now(TimeSource clock) {
      return new LastRefresh(TimeLimit.of(clock, STALE_AFTER), clock.millis());
    }

    boolean isLongAgo() {
      return freshness.isOver()
          || Math.abs(freshness.time().millis() - wallMillis) > STALE_AFTER.toMillis();
    }
  }

  /// Starts with no stored subscription; call [#refresh] before routing.
  ///
  /// @param builtIn holds while no subscription is stored
  /// @param format reads filters
  public SubscriptionCache(
      SubscriptionStore store, Subscription builtIn, FilterFormat format, TimeSource clock) {
    this(store, builtIn, format, clock, MAX_WAIT);
  }

  /// @param maxWait for how long [#forRouting] waits for a refresh
  SubscriptionCache(
      SubscriptionStore store,
      Subscription builtIn,
      FilterFormat format,
      TimeSource clock,
      Duration maxWait) {
    this.store = store;
    this.maxWait = maxWait;
    this.builtIn = builtIn;
    this.clock = clock;
    this.nextRefresh = new NextRun(clock);
    this.current =
        new KnownSubscriptions(SubscriptionSet.EMPTY, builtIn, RoutingTable.empty(format));
    this.lastRefresh = LastRefresh.now(clock);
  }

  /// Returns the subscriptions, all as of one version. Costs nothing.
  public KnownSubscriptions current() {
    return current;
  }

  /// Returns the subscriptions to route events by, all as of one version. If the store was last
  /// asked more than 5 s ago, because the node was suspended, this waits up to a second for the
  /// refresh that follows. If that fails or takes longer, the subscriptions known so far are used,
  /// and calls within the next 5 s do not wait: an outage of the store delays few events.
  public KnownSubscriptions forRouting() {
    if (lastRefresh.isLongAgo()) {
      awaitRefresh();
    }
    return current;
  }

  private void awaitRefresh() {
    waiting.lock();
    try {
      long left = maxWait.toNanos();
      while (lastRefresh.isLongAgo() && left > 0) {
        left = refreshDone.awaitNanos(left);
      }
      if (left <= 0) {
        refreshed(LastRefresh.now(clock));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      waiting.unlock();
    }
  }

  private void refreshed(LastRefresh time) {
    waiting.lock();
    try {
      lastRefresh = time;
      refreshDone.signalAll();
    } finally {
      waiting.unlock();
    }
  }

  /// Returns what is known about a subscription.
  public Optional<Subscription> find(SubscriptionName name) {
    return current.find(name);
  }

  /// Reads changes from the store when due.
  ///
  /// @throws dev.sluice.domain.port.StoreUnavailableException when it does not answer; what was
  ///   known holds
  public void refreshWhenDue() {
    refreshing.lock();
    try {
      if (nextRefresh.isDue()) {
        nextRefresh.in(REFRESH_EVERY);
        refresh();
      }
    } finally {
      refreshing.unlock();
    }
  }

  /// Reads changes from the store now.
  ///
  /// @throws dev.sluice.domain.port.StoreUnavailableException when it does not answer; what was
  ///   known holds
  public void refresh() {
    refreshing.lock();
    try {
      // Begins before the store is asked: the node may be suspended between the answer and here.
      LastRefresh begin = LastRefresh.now(clock);
      readChanges();
      refreshed(begin);
    } catch (RuntimeException e) {
      // No event waits for a store that does not answer, however long it took to find out.
      refreshed(LastRefresh.now(clock));
      throw e;
    } finally {
      refreshing.unlock();
    }
  }

  private void readChanges() {
    KnownSubscriptions known = current;
    long version = store.version();
    if (version == 0 && known.version() > 0) {
      restore(known);
      version = store.version();
    }
    if (version != known.version()) {
      use(read(known));
    }
  }

  /// Stores again what this node knows: the storage has lost all subscriptions, as an emptied Redis
  /// does. Without them, events would go to the built-in one. Another node may be faster; then what
  /// it stored holds.
  private void restore(KnownSubscriptions known) {
    List<SubscriptionChange> changes =
        known.stored().values().stream()
            .map(
                lost ->
                    new SubscriptionChange(
                        lost.name(),
                        SubscriptionChange.Expected.ABSENT,
                        lost.definition(),
                        lost.lifecycle(),
                        lost.origin()))
            .toList();
    if (!changes.isEmpty()) {
      LOG.log(
          Level.WARNING,
          "the storage has lost all subscriptions; storing the {0} that this node knows again",
          changes.size());
      store.change(changes, "service", clock.instant());
    }
  }

  private SubscriptionSet read(KnownSubscriptions known) {
    return known.version() == 0
        ? store.all()
        : store
            .changedSince(known.version(), MAX_CHANGES)
            .map(changes -> merged(known, changes))
            .orElseGet(store::all);
  }

  private static SubscriptionSet merged(
      KnownSubscriptions known, SubscriptionStore.Changes changes) {
    Map<SubscriptionName, Subscription> byName = new HashMap<>(known.stored());
    for (Subscription changed : changes.subscriptions()) {
      if (changed.lifecycle() == Lifecycle.DELETED) {
        byName.remove(changed.name());
      } else {
        byName.put(changed.name(), changed);
      }
    }
    List<Subscription> inOrder = new ArrayList<>(byName.values());
    inOrder.sort(Comparator.comparing(one -> one.name().value()));
    return new SubscriptionSet(changes.version(), inOrder);
  }

  private void use(SubscriptionSet set) {
    boolean wasBuiltIn = current.isBuiltIn();
    // Filters are read and indexed here, by the thread that refreshes. Events are routed by the
    // table before until the new one is complete.
    current = new KnownSubscriptions(set, builtIn, current.table());
    if (wasBuiltIn != current.isBuiltIn()) {
      LOG.log(
          Level.INFO,
          current.isBuiltIn()
              ? "the subscription {0} gets all events, because no other is stored"
              : "the subscription {0} gets no events, because others are stored",
          builtIn.name());
    }
  }
}
