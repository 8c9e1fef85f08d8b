package dev.sluice.application.work;

import dev.sluice.domain.port.Claim;
import dev.sluice.domain.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A running attempt: who may end it, and the thread to interrupt when it must end early.
///
/// All fields that change later are guarded by this object's monitor.
final class RunningAttempt {

  private final Claim claim;
  private final SlotPool pool;
  private final Instant startedAt;
  private final long startedNanos;
  private LeaseEnd leaseEnd;
  private @Nullable Thread thread;
  private boolean isEnded;
  private boolean isProven;
  private boolean holdsThread = true;
  private boolean holdsSettlement = true;

  /// Written before any other thread knows the attempt, as is the next field.
  private int place;

  private @Nullable AttemptSetup setup;

  /// Creates an attempt that starts now.
  ///
  /// @param pool whose slot it has
  RunningAttempt(Claim claim, SlotPool pool, TimeSource time, LeaseEnd leaseEnd) {
    this.claim = claim;
    this.pool = pool;
    this.startedAt = time.instant();
    this.startedNanos = time.nanoTime();
    this.leaseEnd = leaseEnd;
  }

  Claim claim() {
    return claim;
  }

  SlotPool pool() {
    return pool;
  }

  /// Sets what the attempt runs with.
  void runsWith(AttemptSetup newSetup) {
    setup = newSetup;
  }

  /// What the attempt runs with.
  AttemptSetup setup() {
    return Objects.requireNonNull(setup, "an attempt that is only handed back has no setup");
  }

  /// The version of the subscription that it runs with; 0 when it is only handed back.
  long subscriptionVersion() {
    AttemptSetup known = setup;
    return known == null ? 0 : known.subscriptionVersion();
  }

  Instant startedAt() {
    return startedAt;
  }

  /// How long it has taken so far, by the monotonic clock.
  Duration age(TimeSource time) {
    return Duration.ofNanos(time.nanoTime() - startedNanos);
  }

  /// Its index in [RunningAttempts].
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

  /// Puts the lease in doubt, unless it was extended meanwhile.
  ///
  /// @param seen the lease that is in doubt
  synchronized void doubtLease(LeaseEnd seen, LeaseEnd doubted) {
    if (leaseEnd.equals(seen)) {
      leaseEnd = doubted;
    }
  }

  /// Records the thread of the handler. It is interrupted at once if the attempt was ended before.
  synchronized void runsOn(Thread runner) {
    thread = runner;
    if (isEnded) {
      runner.interrupt();
    }
  }

  /// Records that the handler returned. Clears the interrupt that a late [#breakOff] may have left,
  /// under the monitor so that none can come after it and hit the settling that follows.
  ///
  /// @return whether the handler's outcome counts: the attempt was not ended before
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

  /// Records that it left the node alive for long enough, or ended.
  ///
  /// @return whether this is the first time
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

  /// Records that the handler's thread no longer needs the slot.
  ///
  /// @return whether nothing holds the attempt's slot any more
  synchronized boolean releaseThread() {
    holdsThread = false;
    return !holdsSettlement;
  }

  /// Records that its outcome is stored, or does not count.
  ///
  /// @return whether nothing holds the attempt's slot any more
  synchronized boolean releaseSettlement() {
    holdsSettlement = false;
    return !holdsThread;
  }
}
