package dev.sluice.application.work;

import dev.sluice.domain.delivery.WorkerId;
import java.time.Duration;

/// How this node works.
///
/// @param worker the node's name in leases and attempts
/// @param slots deliveries in work at once
/// @param lease how long a claim lasts before it must be prolonged
/// @param attemptTimeout how long an attempt may take
/// @param sweepInterval how often expired leases are looked for
public record WorkSettings(
    WorkerId worker, int slots, Duration lease, Duration attemptTimeout, Duration sweepInterval) {

  /// @throws IllegalArgumentException when a number is not positive
  public WorkSettings {
    if (slots < 1
        || !lease.isPositive()
        || !attemptTimeout.isPositive()
        || !sweepInterval.isPositive()) {
      throw new IllegalArgumentException(
          "slots, lease, attempt time-out and sweep interval must be positive");
    }
  }

  /// With a sweep for expired leases six times within a lease.
  public static WorkSettings of(
      WorkerId worker, int slots, Duration lease, Duration attemptTimeout) {
    return new WorkSettings(worker, slots, lease, attemptTimeout, lease.dividedBy(6));
  }
}
