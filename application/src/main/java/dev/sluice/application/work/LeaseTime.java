package dev.sluice.application.work;

import dev.sluice.domain.time.TimeSource;
import java.time.Duration;

/// How long this node may rely on a lease: counted from before the request, by a clock that cannot
/// be set, and for less time than was requested. So this node stops before any other may start,
/// whatever the clocks of node and storage say, and however long the response took (Gray and
/// Cheriton, SOSP 1989).
///
/// The monotonic clock stands still while the machine is suspended or its virtual machine is
/// paused; the wall clock does not. When a lease is over by the wall clock but not by the monotonic
/// clock, either the machine slept or the wall clock was set: the lease is in doubt. Nothing starts
/// under it, the storage is asked at once, and without an answer the lease ends [#DOUBT] later.
///
/// Where no other process can claim, no other can start before this node stops, and no lease is
/// ever over.
final class LeaseTime {

  /// How long the storage has to answer for a lease in doubt.
  static final Duration DOUBT = Duration.ofSeconds(1);

  private final TimeSource time;
  private final Duration lease;
  private final boolean isShared;

  /// The part of a lease that is relied on; the rest is for stopping.
  private final long usable;

  private final long renewedAfter;

  /// @param isShared whether other processes may take over this one's deliveries
  LeaseTime(TimeSource time, Duration lease, boolean isShared) {
    this.time = time;
    this.lease = lease;
    this.isShared = isShared;
    this.usable = lease.toNanos() / 10 * 9;
    this.renewedAfter = lease.toNanos() / 2;
  }

  /// The length of a lease.
  Duration lease() {
    return lease;
  }

  /// The end of a lease that is requested right now.
  LeaseEnd endIfAskedNow() {
    return new LeaseEnd(time.nanoTime() + usable, time.instant().plusNanos(usable), false);
  }

  /// Whether a lease can no longer be relied on.
  boolean isOver(LeaseEnd end) {
    return isShared && time.nanoTime() - end.nanos() >= 0;
  }

  /// Whether a lease is over by the wall clock alone.
  boolean isDoubtful(LeaseEnd end) {
    return isShared && !end.isInDoubt() && !time.instant().isBefore(end.wall());
  }

  /// The same lease, in doubt: it counts until the storage has had time to answer.
  LeaseEnd doubted(LeaseEnd end) {
    return end.doubtedUntil(time.nanoTime() + DOUBT.toNanos());
  }

  /// Whether an attempt may still start under a lease.
  boolean allowsBegin(LeaseEnd end) {
    return !isOver(end) && !isDoubtful(end);
  }

  /// Whether a lease is due to be extended.
  boolean isToBeRenewed(LeaseEnd end) {
    long askedAt = end.nanos() - usable;
    return end.isInDoubt() || time.nanoTime() - askedAt > renewedAfter;
  }
}
