package dev.sluice.application.work;

import java.time.Instant;

/// Until when a node counts on a lease, by both clocks; see [LeaseTime].
///
/// @param nanos by the monotonic counter
/// @param wall by the wall clock
/// @param isInDoubt whether the clocks disagree on it, so that the storage must be asked
record LeaseEnd(long nanos, Instant wall, boolean isInDoubt) {

  /// The same lease once the wall clock says that it is over: it counts no longer than `until`.
  LeaseEnd doubtedUntil(long until) {
    return new LeaseEnd(until - nanos < 0 ? until : nanos, wall, true);
  }
}
