package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.EpochNanos;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Tells when it is worth looking for work.
final class WorkSignal {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /// When the first delivery that waits is due; guarded by the lock. May be too early, never too
  /// late.
  private Instant nextDue = Instant.MIN;

  /// A delivery was put to wait.
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

  /// Nothing is due before `due`, but what [#workArrived] tells of from now on.
  void noneBefore(Instant due) {
    lock.lock();
    try {
      nextDue = due;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until it is worth to look, or `waitNanos` are over, or for no reason.
  @SuppressWarnings("WaitNotInLoop") // The caller looks for work again and again anyway.
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
