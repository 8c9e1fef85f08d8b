package dev.sluice.application.work;

import dev.sluice.domain.port.Claim;
import dev.sluice.domain.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An attempt under way: who may end it, and the thread to interrupt when it must end early.
///
/// All fields that change later are guarded by this object's monitor.
final class RunningAttempt {

  private final Claim claim;
  private final Instant startedAt;
  private final long startedNanos;
  private LeaseEnd leaseEnd;
  private @Nullable Thread thread;
  private boolean isEnded;
  private boolean isProven;
  private boolean holdsThread = true;
  private boolean holdsSettlement = true;

  /// Written before any other thread knows the attempt.
  private int place;

  /// Begins now.
  RunningAttempt(Claim claim, TimeSource time, LeaseEnd leaseEnd) {
    this.claim = claim;
    this.startedAt = time.instant();
    this.startedNanos = time.nanoTime();
    this.leaseEnd = leaseEnd;
  }

  Claim claim() {
    return claim;
  }

  Instant startedAt() {
    return startedAt;
  }

  /// How long it has taken so far; the wall clock has no part in it.
  Duration age(TimeSource time) {
    return Duration.ofNanos(time.nanoTime() - startedNanos);
  }

  /// Where [RunningAttempts] keeps it.
  int place() {
    return place;
  }

  void placedAt(int index) {
    place = index;
  }

  synchronized LeaseEnd leaseEnd() {
    return leaseEnd;
  }

  synchronized void leaseExtendedTo(LeaseEnd newEnd) {
    leaseEnd = newEnd;
  }

  /// The clocks disagree on its lease, unless it was prolonged meanwhile.
  ///
  /// @param seen the lease that is in doubt
  synchronized void doubtLease(LeaseEnd seen, LeaseEnd doubted) {
    if (leaseEnd.equals(seen)) {
      leaseEnd = doubted;
    }
  }

  /// The handler is about to begin. It is interrupted at once if the attempt was broken off before.
  synchronized void runsOn(Thread runner) {
    thread = runner;
    if (isEnded) {
      runner.interrupt();
    }
  }

  /// The handler returned. Clears the interrupt that a late [#breakOff] may have left, under the
  /// monitor so that none can come after it and hit the settling that follows.
  ///
  /// @return whether its outcome counts: nobody ended the attempt before
  synchronized boolean handlerReturned() {
    thread = null;
    Thread.interrupted();
    return end();
  }

  /// Interrupts the handler.
  ///
  /// @return whether the caller's reason counts: the attempt had not ended before
  synchronized boolean breakOff() {
    if (thread != null) {
      thread.interrupt();
    }
    return end();
  }

  /// It has left the node alive for long enough, or has come to its end.
  ///
  /// @return whether this is said for the first time
  synchronized boolean prove() {
    boolean isFirst = !isProven;
    isProven = true;
    return isFirst;
  }

  private boolean end() {
    boolean isFirst = !isEnded;
    isEnded = true;
    return isFirst;
  }

  /// The handler's thread is done with it.
  ///
  /// @return whether nothing holds the attempt's slot any more
  synchronized boolean releaseThread() {
    holdsThread = false;
    return !holdsSettlement;
  }

  /// Its outcome is recorded, or does not count.
  ///
  /// @return whether nothing holds the attempt's slot any more
  synchronized boolean releaseSettlement() {
    holdsSettlement = false;
    return !holdsThread;
  }
}
