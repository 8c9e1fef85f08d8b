package dev.sluice.application.work;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The places for deliveries in work, so that neither stuck handlers nor a slow storage can pile up
/// work.
///
/// A handler's thread takes a slot. For each slot a few more deliveries may be claimed ahead or
/// have their outcomes recorded, so that handlers need not wait for a storage that takes its time.
final class Slots {

  /// Deliveries that may be claimed and not done with, for each slot.
  static final int DELIVERIES_PER_SLOT = 8;

  private final int total;
  private final AtomicInteger inUse = new AtomicInteger();

  /// Free for handlers' threads.
  private final Semaphore threads;

  /// Free for deliveries that are claimed and whose thread or outcome is still to come.
  private final Semaphore deliveries;

  Slots(int total) {
    this.total = total;
    this.threads = new Semaphore(total);
    this.deliveries = new Semaphore(total * DELIVERIES_PER_SLOT);
  }

  /// Waits for a slot and for leave to claim a delivery, and takes all the slots there are.
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

  /// Takes leave to claim up to `wanted` deliveries. Called by one thread.
  ///
  /// @return for how many
  int mayClaim(int wanted) {
    int allowed = Math.min(wanted, deliveries.availablePermits());
    // Nobody else takes before the node stops, so what is there can be had.
    return deliveries.tryAcquire(allowed) ? allowed : 0;
  }

  /// So many deliveries were not there to be claimed.
  void notClaimed(int count) {
    deliveries.release(count);
  }

  /// Slots are free for other deliveries.
  void giveBack(int count) {
    threads.release(count);
  }

  /// A delivery is in work in one of the slots that were taken.
  void use() {
    inUse.incrementAndGet();
  }

  /// So many deliveries are done with: their threads have ended, and their outcomes are recorded or
  /// do not count.
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

  /// Waits until no delivery is in work; then takes all places for good.
  ///
  /// @return false when the time ran out first
  boolean awaitAllFree(Duration limit) throws InterruptedException {
    return deliveries.tryAcquire(
        total * DELIVERIES_PER_SLOT, limit.toNanos(), TimeUnit.NANOSECONDS);
  }
}
