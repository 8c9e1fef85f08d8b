package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.EpochNanos;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Signals when to look for work.
final class WorkSignal {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /// When the first waiting delivery is due; guarded by the lock. May be too early, never too late.
  private Instant nextDue = Instant.MIN;

  /// Records that a delivery waits until `due`.
  void workArrived(Instant due) {
    lock.lock();
    try {
      if (due.isBefore(nextDue)) {
        nextDue = due;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Records that nothing is due before `due`, except what [#workArrived] reports from now on.
  void noneBefore(Instant due) {
    lock.lock();
    try {
      nextDue = due;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until it is worth looking, or `waitNanos` have passed, or spuriously.
  @SuppressWarnings("WaitNotInLoop") // The caller looks for work in a loop.
  void await(long waitNanos, Instant now) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (now.isBefore(nextDue)) {
        changed.await(Math.min(waitNanos, nanosUntil(now, nextDue)), TimeUnit.NANOSECONDS);
      }
    } finally {
      lock.unlock();
    }
  }

  private static long nanosUntil(Instant now, Instant due) {
    long until = EpochNanos.of(due) - EpochNanos.of(now);
    return until < 0 ? Long.MAX_VALUE : until;
  }
}
