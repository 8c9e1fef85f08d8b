package dev.sluice.application.work;

import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.DeliveryQueue;
import java.util.IdentityHashMap;
import java.util.List;

/// Prolongs the leases of attempts under way before they run out, and ends attempts whose lease
/// did.
final class LeaseKeeper {

  private final DeliveryQueue queue;
  private final AttemptRunner runner;
  private final LeaseTime time;

  LeaseKeeper(DeliveryQueue queue, AttemptRunner runner, LeaseTime time) {
    this.queue = queue;
    this.runner = runner;
    this.time = time;
  }

  /// Ends attempts whose lease is over: somebody else may have them by now, or soon.
  void breakOffLost() {
    for (RunningAttempt attempt : runner.running()) {
      if (time.isOver(attempt.leaseEnd())) {
        runner.breakOffLost(attempt);
      }
    }
  }

  /// Asks the storage for more time where little is left.
  void renew() {
    var due = new IdentityHashMap<Claim, RunningAttempt>();
    for (RunningAttempt attempt : runner.running()) {
      if (time.isToBeRenewed(attempt.leaseEnd())) {
        due.put(attempt.claim(), attempt);
      }
    }
    if (due.isEmpty()) {
      return;
    }
    long end = time.endIfAskedNow();
    for (Claim lost : queue.extend(List.copyOf(due.keySet()), time.lease())) {
      RunningAttempt attempt = due.remove(lost);
      if (attempt != null) {
        runner.breakOffLost(attempt);
      }
    }
    due.values().forEach(attempt -> attempt.leaseExtendedTo(end));
  }
}
