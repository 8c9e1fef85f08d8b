package dev.sluice.application.schedule;

import dev.sluice.domain.time.TimeSource;
import java.time.Duration;

/// When something is due again. Measured by the monotonic counter, so that setting the wall clock
/// neither stops it nor makes it run early.
///
/// Not thread-safe: guarded by whatever guards its owner.
public final class NextRun {

  private final TimeSource time;
  private long due;

  /// Due at once.
  public NextRun(TimeSource time) {
    this.time = time;
    this.due = time.nanoTime();
  }

  /// Whether the time has come.
  public boolean isDue() {
    return time.nanoTime() - due >= 0;
  }

  /// Due again after `wait`.
  public void in(Duration wait) {
    due = time.nanoTime() + wait.toNanos();
  }
}
