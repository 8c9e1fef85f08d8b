package dev.sluice.application.work;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The places for deliveries in work. A place is free again when its handler's thread has ended and
/// its outcome is recorded, so that neither stuck handlers nor a slow storage can pile up work.
final class Slots {

  private final int total;
  private final AtomicInteger inUse = new AtomicInteger();
  private final Semaphore free;

  Slots(int total) {
    this.total = total;
    this.free = new Semaphore(total);
  }

  /// Waits for a free slot and takes all there are.
  ///
  /// @return how many were taken, at least 1
  int takeFree() throws InterruptedException {
    free.acquire();
    return 1 + free.drainPermits();
  }

  /// Gives slots back that were taken and not needed.
  void giveBack(int count) {
    if (count > 0) {
      free.release(count);
    }
  }

  /// A delivery is in work in one of the slots that were taken.
  void use() {
    inUse.incrementAndGet();
  }

  /// So many deliveries are done with.
  void release(int count) {
    if (count > 0) {
      inUse.addAndGet(-count);
      free.release(count);
    }
  }

  int inUse() {
    return inUse.get();
  }

  int total() {
    return total;
  }

  /// Waits until no slot is in use; then takes them all for good.
  ///
  /// @return false when the time ran out first
  boolean awaitAllFree(Duration limit) throws InterruptedException {
    return free.tryAcquire(total, limit.toNanos(), TimeUnit.NANOSECONDS);
  }
}
