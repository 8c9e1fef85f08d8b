package dev.sluice.admin.poll;

import java.time.Duration;
import java.time.Instant;

/// Time, handed in so that tests can move it.
public interface Timer {

  /// The time of day.
  Instant now();

  /// Runs a task once after a wait.
  ///
  /// @return takes it back; of no effect when it ran
  Runnable after(Duration wait, Runnable task);
}
