package dev.sluice.application.work;

import dev.sluice.domain.port.Claim;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An attempt under way: who may end it, and the thread to interrupt when it must end early.
///
/// All fields that change later are guarded by this object's monitor.
final class RunningAttempt {

  private final Claim claim;
  private final Instant startedAt;
  private final Instant deadline;
  private long leaseEnd;
  private @Nullable Thread thread;
  private boolean isEnded;
  private boolean holdsThread = true;
  private boolean holdsSettlement = true;

  /// Written before any other thread knows the attempt.
  private int place;

  /// @param leaseEnd see [LeaseTime]
  RunningAttempt(Claim claim, Instant startedAt, Instant deadline, long leaseEnd) {
    this.claim = claim;
    this.startedAt = startedAt;
    this.deadline = deadline;
    this.leaseEnd = leaseEnd;
  }

  Claim claim() {
    return claim;
  }

  Instant startedAt() {
    return startedAt;
  }

  Instant deadline() {
    return deadline;
  }

  /// Where [RunningAttempts] keeps it.
  int place() {
    return place;
  }

  void placedAt(int index) {
    place = index;
  }

  synchronized long leaseEnd() {
    return leaseEnd;
  }

  synchronized void leaseExtendedTo(long newEnd) {
    leaseEnd = newEnd;
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
