package dev.sluice.application.work;

import java.time.Duration;
import java.util.function.LongSupplier;

/// How long this node may count on a lease: from before it asked, by a clock that nobody can set,
/// and for less than it asked for. So it stops before anyone else may begin, whatever the clocks of
/// node and storage say, and however long the answer took (Gray and Cheriton, SOSP 1989).
final class LeaseTime {

  private final LongSupplier nanoTime;
  private final Duration lease;

  /// The rest of a lease is for what it takes to stop.
  private final long usable;

  private final long renewedAfter;

  LeaseTime(LongSupplier nanoTime, Duration lease) {
    this.nanoTime = nanoTime;
    this.lease = lease;
    this.usable = lease.toNanos() / 10 * 9;
    this.renewedAfter = lease.toNanos() / 2;
  }

  /// How long leases are.
  Duration lease() {
    return lease;
  }

  /// Until when a lease can be counted on that is asked for right now.
  long endIfAskedNow() {
    return nanoTime.getAsLong() + usable;
  }

  /// Whether a lease cannot be counted on any more.
  boolean isOver(long end) {
    return nanoTime.getAsLong() - end >= 0;
  }

  /// Whether it is time to ask for more.
  boolean isToBeRenewed(long end) {
    long askedAt = end - usable;
    return nanoTime.getAsLong() - askedAt > renewedAfter;
  }
}
