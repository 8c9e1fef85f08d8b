package dev.sluice.application.work;

import dev.sluice.domain.delivery.WorkerId;
import java.time.Duration;

/// How this node processes deliveries.
///
/// @param worker the node's name in leases and attempts
/// @param slots maximum number of deliveries in progress
/// @param lease how long a claim lasts unless it is extended
/// @param attemptTimeout how long an attempt may take
/// @param sweepInterval how often expired leases are reclaimed
public record WorkSettings(
    WorkerId worker, int slots, Duration lease, Duration attemptTimeout, Duration sweepInterval) {

  /// @throws IllegalArgumentException when a number is not positive
  public WorkSettings {
    if (slots < 1
        || !lease.isPositive()
        || !attemptTimeout.isPositive()
        || !sweepInterval.isPositive()) {
      throw new IllegalArgumentException(
          "slots, lease, attempt timeout and sweep interval must be positive");
    }
  }

  /// Settings that reclaim expired leases six times within a lease.
  public static WorkSettings of(
      WorkerId worker, int slots, Duration lease, Duration attemptTimeout) {
    return new WorkSettings(worker, slots, lease, attemptTimeout, lease.dividedBy(6));
  }
}
