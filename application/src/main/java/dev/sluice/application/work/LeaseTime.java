package dev.sluice.application.work;

import dev.sluice.domain.time.TimeSource;
import java.time.Duration;

/// How long this node may count on a lease: from before it asked, by a clock that nobody can set,
/// and for less than it asked for. So it stops before anyone else may begin, whatever the clocks of
/// node and storage say, and however long the answer took (Gray and Cheriton, SOSP 1989).
///
/// The monotonic counter stands still while the machine is suspended or its virtual machine is
/// paused; the wall clock does not. When the wall clock says that a lease is over and the counter
/// does not, either the machine slept or the clock was set: the lease is in doubt. Nothing is begun
/// under it, the storage is asked at once, and without its answer the lease ends [#DOUBT] later.
///
/// Where no other process can claim, nobody can begin before this node stops, and no lease is ever
/// over.
final class LeaseTime {

  /// How long the storage has to settle a doubt.
  static final Duration DOUBT = Duration.ofSeconds(1);

  private final TimeSource time;
  private final Duration lease;
  private final boolean isShared;

  /// The rest of a lease is for what it takes to stop.
  private final long usable;

  private final long renewedAfter;

  /// @param isShared whether other processes may take over what this one holds
  LeaseTime(TimeSource time, Duration lease, boolean isShared) {
    this.time = time;
    this.lease = lease;
    this.isShared = isShared;
    this.usable = lease.toNanos() / 10 * 9;
    this.renewedAfter = lease.toNanos() / 2;
  }

  /// How long leases are.
  Duration lease() {
    return lease;
  }

  /// Until when a lease can be counted on that is asked for right now.
  LeaseEnd endIfAskedNow() {
    return new LeaseEnd(time.nanoTime() + usable, time.instant().plusNanos(usable), false);
  }

  /// Whether a lease cannot be counted on any more.
  boolean isOver(LeaseEnd end) {
    return isShared && time.nanoTime() - end.nanos() >= 0;
  }

  /// Whether the wall clock alone says that a lease is over.
  boolean isDoubtful(LeaseEnd end) {
    return isShared && !end.isInDoubt() && !time.instant().isBefore(end.wall());
  }

  /// The same lease, to be counted on until the storage had time to answer.
  LeaseEnd doubted(LeaseEnd end) {
    return end.doubtedUntil(time.nanoTime() + DOUBT.toNanos());
  }

  /// Whether something may still be begun under a lease.
  boolean allowsBegin(LeaseEnd end) {
    return !isOver(end) && !isDoubtful(end);
  }

  /// Whether it is time to ask for more.
  boolean isToBeRenewed(LeaseEnd end) {
    long askedAt = end.nanos() - usable;
    return end.isInDoubt() || time.nanoTime() - askedAt > renewedAfter;
  }
}
