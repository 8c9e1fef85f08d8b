package dev.sluice.application.work;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Limits the deliveries in progress, so that neither stuck handlers nor a slow storage pile up
/// work.
///
/// A handler's thread takes a slot of its pool. For each slot, a few more deliveries may be claimed
/// ahead or have their outcomes recorded, so that handlers need not wait for a slow storage.
final class Slots {

  /// Deliveries per slot of this node's handlers that may be claimed and not released.
  static final int DELIVERIES_PER_SLOT = 8;

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private final int handlers;
  private final int receivers;
  private final int mostDeliveries;
  private final AtomicInteger inUse = new AtomicInteger();

  /// Permits for handlers' threads, by pool.
  private final Semaphore handlerThreads;

  private final Semaphore receiverThreads;

  /// Released for the taker that found no free slot.
  private final Semaphore freed = new Semaphore(0);

  private volatile boolean isAwaited;

  /// The pools that the last taker found empty. When it got slots of the other one, it may wait for
  /// work since, and must claim again when a slot of these becomes free.
  private final Set<SlotPool> lacking = ConcurrentHashMap.newKeySet();

  /// Permits for deliveries that are claimed and whose thread or outcome is still to come.
  private final Semaphore deliveries;

  /// @param handlers slots of handlers on this node
  /// @param receivers slots of handlers that wait for receivers
  Slots(int handlers, int receivers) {
    this.handlers = handlers;
    this.receivers = receivers;
    this.handlerThreads = new Semaphore(handlers);
    this.receiverThreads = new Semaphore(receivers);
    this.mostDeliveries = handlers * DELIVERIES_PER_SLOT + receivers;
    this.deliveries = new Semaphore(mostDeliveries);
  }

  /// Waits for a free slot and a permit to claim, then takes all free slots. Called by one thread.
  ///
  /// @param needsReceivers whether there are deliveries for receivers
  /// @return how many were taken; none if none became free for a second
  FreeSlots takeFree(boolean needsReceivers) throws InterruptedException {
    deliveries.acquire();
    try {
      FreeSlots free = drain(needsReceivers);
      if (free.total() > 0) {
        return free;
      }
      isAwaited = true;
      // One may have become free before the flag was set.
      free = drain(needsReceivers);
      if (free.total() == 0) {
        var _ = freed.tryAcquire(LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS);
        free = drain(needsReceivers);
      }
      isAwaited = false;
      return free;
    } finally {
      deliveries.release();
    }
  }

  private FreeSlots drain(boolean needsReceivers) {
    return new FreeSlots(
        drain(SlotPool.HANDLERS, handlerThreads),
        needsReceivers ? drain(SlotPool.RECEIVERS, receiverThreads) : 0);
  }

  private int drain(SlotPool pool, Semaphore threads) {
    // Before: a slot that becomes free afterwards must be noticed.
    lacking.add(pool);
    int taken = threads.drainPermits();
    if (taken > 0) {
      lacking.remove(pool);
    }
    return taken;
  }

  /// Takes permits to claim up to `wanted` deliveries. Called by one thread.
  ///
  /// @return how many may be claimed
  int mayClaim(int wanted) {
    int allowed = Math.min(wanted, deliveries.availablePermits());
    // No other thread takes permits before the node stops, so the available ones stay available.
    return deliveries.tryAcquire(allowed) ? allowed : 0;
  }

  /// Returns the permits of deliveries that were not there to claim.
  void notClaimed(int count) {
    deliveries.release(count);
  }

  /// Releases slots for other deliveries.
  void giveBack(FreeSlots slots) {
    var _ = giveBack(SlotPool.HANDLERS, slots.handlers());
    var _ = giveBack(SlotPool.RECEIVERS, slots.receivers());
  }

  /// Releases slots of one pool for other deliveries.
  ///
  /// @return whether the last taker found none of this pool, and should claim again
  boolean giveBack(SlotPool pool, int count) {
    switch (pool) {
      case HANDLERS -> handlerThreads.release(count);
      case RECEIVERS -> receiverThreads.release(count);
    }
    if (isAwaited && count > 0) {
      isAwaited = false;
      freed.release();
    }
    return count > 0 && lacking.remove(pool);
  }

  /// Records that a delivery is in progress in one of the taken slots.
  void use() {
    inUse.incrementAndGet();
  }

  /// Releases finished deliveries: their threads have ended, and their outcomes are recorded or do
  /// not count.
  void release(int count) {
    if (count > 0) {
      inUse.addAndGet(-count);
      deliveries.release(count);
    }
  }

  /// Deliveries whose handler runs or whose outcome is being recorded.
  int inUse() {
    return inUse.get();
  }

  /// All slots.
  ///
  /// @param needsReceivers whether those for receivers count
  int total(boolean needsReceivers) {
    return needsReceivers ? handlers + receivers : handlers;
  }

  /// Waits until no delivery is in progress; then takes all permits for good.
  ///
  /// @return false when the time ran out first
  boolean awaitAllFree(Duration limit) throws InterruptedException {
    return deliveries.tryAcquire(mostDeliveries, limit.toNanos(), TimeUnit.NANOSECONDS);
  }
}
