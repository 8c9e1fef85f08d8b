package dev.sluice.application.schedule;

import dev.sluice.domain.time.TimeSource;
import java.time.Duration;

/// When something is due next. Uses the monotonic clock, so that setting the wall clock neither
/// stops it nor makes it run early.
///
/// Not thread-safe: guarded by whatever guards its owner.
public final class NextRun {

  private final TimeSource time;
  private long due;

  /// Creates one that is due at once.
  public NextRun(TimeSource time) {
    this.time = time;
    this.due = time.nanoTime();
  }

  /// Whether it is due.
  public boolean isDue() {
    return time.nanoTime() - due >= 0;
  }

  /// Makes it due again after `wait`.
  public void in(Duration wait) {
    due = time.nanoTime() + wait.toNanos();
  }
}
