package dev.sluice.application.work;

import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.DeliveryQueue;
import java.util.IdentityHashMap;
import java.util.List;

/// Extends the leases of running attempts before they expire, and ends attempts whose lease has
/// expired.
final class LeaseKeeper {

  private final DeliveryQueue queue;
  private final AttemptRunner runner;
  private final Settler settler;
  private final LeaseTime time;

  LeaseKeeper(DeliveryQueue queue, AttemptRunner runner, Settler settler, LeaseTime time) {
    this.queue = queue;
    this.runner = runner;
    this.settler = settler;
    this.time = time;
  }

  /// Interrupts attempts whose lease is over: another worker may have their deliveries by now, or
  /// soon.
  void breakOffLost() {
    for (RunningAttempt attempt : runner.running()) {
      LeaseEnd end = attempt.leaseEnd();
      if (time.isOver(end)) {
        runner.interruptions().breakOffLost(attempt);
      } else if (time.isDoubtful(end)) {
        attempt.doubtLease(end, time.doubted(end));
      }
    }
  }

  /// Extends leases that are due to be extended: those of running attempts, and of ended attempts
  /// whose outcome the storage could not record yet.
  void renew() {
    var due = new IdentityHashMap<Claim, RunningAttempt>();
    runner.running().forEach(attempt -> addIfDue(attempt, due));
    settler.unrecorded().forEach(attempt -> addIfDue(attempt, due));
    if (due.isEmpty()) {
      return;
    }
    LeaseEnd end = time.endIfAskedNow();
    for (Claim lost : queue.extend(List.copyOf(due.keySet()), time.lease())) {
      RunningAttempt attempt = due.remove(lost);
      if (attempt != null) {
        runner.interruptions().breakOffLost(attempt);
      }
    }
    due.values().forEach(attempt -> attempt.leaseExtendedTo(end));
  }

  private void addIfDue(RunningAttempt attempt, IdentityHashMap<Claim, RunningAttempt> due) {
    if (time.isToBeRenewed(attempt.leaseEnd())) {
      due.put(attempt.claim(), attempt);
    }
  }
}
