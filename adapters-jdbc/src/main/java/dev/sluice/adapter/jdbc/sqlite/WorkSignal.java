package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.EpochNanos;
import dev.sluice.domain.claim.ClaimTurns;
import dev.sluice.domain.claim.Quotas;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Knows which subscriptions may have due deliveries, and signals when to look for work.
final class WorkSignal {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /// Guarded by the lock, as is the field below.
  private final Map<Backlog, ClaimTurns> turns =
      Map.of(Backlog.REGULAR, new ClaimTurns(), Backlog.ABANDONED, new ClaimTurns());

  private boolean isWakeUp;

  /// Records that a delivery waits until `due`.
  void workArrived(Backlog backlog, SubscriptionName subscription, Instant due) {
    lock.lock();
    try {
      if (of(backlog).workArrived(subscription, due) && backlog == Backlog.REGULAR) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Returns the subscriptions that a claim should look at, in turn.
  List<SubscriptionName> due(Backlog backlog, Instant now, Quotas quotas) {
    lock.lock();
    try {
      return of(backlog).due(now, quotas);
    } finally {
      lock.unlock();
    }
  }

  /// Records that deliveries of the subscription were claimed.
  void served(SubscriptionName subscription) {
    lock.lock();
    try {
      turns.values().forEach(each -> each.served(subscription));
    } finally {
      lock.unlock();
    }
  }

  /// Records that no delivery of the backlog is due before `due`, except what [#workArrived]
  /// reports from now on.
  void noneBefore(Backlog backlog, SubscriptionName subscription, Instant due) {
    lock.lock();
    try {
      of(backlog).noneBefore(subscription, due);
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

  /// Waits until the regular backlog is worth looking at, or `waitNanos` have passed, or
  /// spuriously.
  @SuppressWarnings("WaitNotInLoop") // The caller looks for work in a loop.
  void await(Quotas quotas, long waitNanos, Instant now) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Instant nextDue = of(Backlog.REGULAR).nextDue(now, quotas);
      if (!isWakeUp && now.isBefore(nextDue)) {
        var _ = changed.await(Math.min(waitNanos, nanosUntil(now, nextDue)), TimeUnit.NANOSECONDS);
      }
      isWakeUp = false;
    } finally {
      lock.unlock();
    }
  }

  private ClaimTurns of(Backlog backlog) {
    return Objects.requireNonNull(turns.get(backlog));
  }

  private static long nanosUntil(Instant now, Instant due) {
    long until = EpochNanos.of(due) - EpochNanos.of(now);
    return until < 0 ? Long.MAX_VALUE : until;
  }
}
