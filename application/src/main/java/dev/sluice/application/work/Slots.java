package dev.sluice.application.work;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Limits the deliveries in progress, so that neither stuck handlers nor a slow storage pile up
/// work.
///
/// A handler's thread takes a slot. For each slot, a few more deliveries may be claimed ahead or
/// have their outcomes recorded, so that handlers need not wait for a slow storage.
final class Slots {

  /// Deliveries per slot that may be claimed and not released.
  static final int DELIVERIES_PER_SLOT = 8;

  private final int total;
  private final AtomicInteger inUse = new AtomicInteger();

  /// Permits for handlers' threads.
  private final Semaphore threads;

  /// Permits for deliveries that are claimed and whose thread or outcome is still to come.
  private final Semaphore deliveries;

  Slots(int total) {
    this.total = total;
    this.threads = new Semaphore(total);
    this.deliveries = new Semaphore(total * DELIVERIES_PER_SLOT);
  }

  /// Waits for a free slot and a permit to claim, then takes all free slots.
  ///
  /// @return how many were taken, at least 1
  int takeFree() throws InterruptedException {
    deliveries.acquire();
    try {
      threads.acquire();
    } finally {
      deliveries.release();
    }
    return 1 + threads.drainPermits();
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
  void giveBack(int count) {
    threads.release(count);
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

  int total() {
    return total;
  }

  /// Waits until no delivery is in progress; then takes all permits for good.
  ///
  /// @return false when the time ran out first
  boolean awaitAllFree(Duration limit) throws InterruptedException {
    return deliveries.tryAcquire(
        total * DELIVERIES_PER_SLOT, limit.toNanos(), TimeUnit.NANOSECONDS);
  }
}
