package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.EpochNanos;
import dev.sluice.domain.claim.ClaimTurns;
import dev.sluice.domain.claim.Quotas;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Knows which subscriptions may have due deliveries, and signals when to look for work.
final class WorkSignal {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /// Guarded by the lock, as are the fields below.
  private final ClaimTurns turns = new ClaimTurns();

  /// The same for deliveries whose last attempt was abandoned.
  private final ClaimTurns abandonedTurns = new ClaimTurns();

  private boolean isWakeUp;

  /// Records that a delivery waits until `due`.
  void workArrived(SubscriptionName subscription, Instant due) {
    lock.lock();
    try {
      if (turns.workArrived(subscription, due)) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Records that a delivery whose last attempt was abandoned waits until `due`.
  void abandonedArrived(SubscriptionName subscription, Instant due) {
    lock.lock();
    try {
      abandonedTurns.workArrived(subscription, due);
    } finally {
      lock.unlock();
    }
  }

  /// Returns the subscriptions that a claim should look at, in turn.
  List<SubscriptionName> due(Instant now, Quotas quotas) {
    lock.lock();
    try {
      return turns.due(now, quotas);
    } finally {
      lock.unlock();
    }
  }

  /// The same for deliveries whose last attempt was abandoned.
  List<SubscriptionName> dueAbandoned(Instant now, Quotas quotas) {
    lock.lock();
    try {
      return abandonedTurns.due(now, quotas);
    } finally {
      lock.unlock();
    }
  }

  /// Records that deliveries of the subscription were claimed.
  void served(SubscriptionName subscription) {
    lock.lock();
    try {
      turns.served(subscription);
      abandonedTurns.served(subscription);
    } finally {
      lock.unlock();
    }
  }

  /// Records that no delivery of the subscription is due before `due`, except what [#workArrived]
  /// reports from now on.
  void noneBefore(SubscriptionName subscription, Instant due) {
    lock.lock();
    try {
      turns.noneBefore(subscription, due);
    } finally {
      lock.unlock();
    }
  }

  /// The same for deliveries whose last attempt was abandoned.
  void noneAbandonedBefore(SubscriptionName subscription, Instant due) {
    lock.lock();
    try {
      abandonedTurns.noneBefore(subscription, due);
    } finally {
      lock.unlock();
    }
  }

  /// Makes [#await] return.
  void wakeUp() {
    lock.lock();
    try {
      isWakeUp = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until it is worth looking, or `waitNanos` have passed, or spuriously.
  @SuppressWarnings("WaitNotInLoop") // The caller looks for work in a loop.
  void await(Quotas quotas, long waitNanos, Instant now) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Instant nextDue = turns.nextDue(now, quotas);
      if (!isWakeUp && now.isBefore(nextDue)) {
        var _ = changed.await(Math.min(waitNanos, nanosUntil(now, nextDue)), TimeUnit.NANOSECONDS);
      }
      isWakeUp = false;
    } finally {
      lock.unlock();
    }
  }

  private static long nanosUntil(Instant now, Instant due) {
    long until = EpochNanos.of(due) - EpochNanos.of(now);
    return until < 0 ? Long.MAX_VALUE : until;
  }
}
