package dev.sluice.application.work;

import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.DeliveryQueue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.IdentityHashMap;
import java.util.List;

/// Prolongs the leases of attempts under way before they run out.
final class LeaseKeeper {

  /// A lease is prolonged when less than this part of it is left.
  private static final int RENEW_AT_FRACTION = 2;

  private final DeliveryQueue queue;
  private final AttemptRunner runner;
  private final InstantSource clock;
  private final Duration lease;

  LeaseKeeper(DeliveryQueue queue, AttemptRunner runner, InstantSource clock, Duration lease) {
    this.queue = queue;
    this.runner = runner;
    this.clock = clock;
    this.lease = lease;
  }

  void keep() {
    Instant now = clock.instant();
    Instant renewBefore = now.plus(lease.dividedBy(RENEW_AT_FRACTION));
    var due = new IdentityHashMap<Claim, RunningAttempt>();
    for (RunningAttempt attempt : runner.running()) {
      if (attempt.leaseExpiresAt().isBefore(renewBefore)) {
        due.put(attempt.claim(), attempt);
      }
    }
    if (due.isEmpty()) {
      return;
    }
    for (Claim lost : queue.extend(List.copyOf(due.keySet()), lease)) {
      RunningAttempt attempt = due.remove(lost);
      if (attempt != null) {
        runner.breakOffLost(attempt);
      }
    }
    due.values().forEach(attempt -> attempt.leaseExtendedTo(now.plus(lease)));
  }
}
