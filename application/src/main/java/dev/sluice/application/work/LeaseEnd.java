package dev.sluice.application.work;

import java.time.Instant;

/// Until when a node relies on a lease, by both clocks; see [LeaseTime].
///
/// @param nanos by the monotonic clock
/// @param wall by the wall clock
/// @param isInDoubt whether the clocks disagree, so that the storage must be asked
record LeaseEnd(long nanos, Instant wall, boolean isInDoubt) {

  /// The same lease, in doubt because it is over by the wall clock: it counts no longer than
  /// `until`.
  LeaseEnd doubtedUntil(long until) {
    return new LeaseEnd(until - nanos < 0 ? until : nanos, wall, true);
  }
}
