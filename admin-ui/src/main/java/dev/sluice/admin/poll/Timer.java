package dev.sluice.admin.poll;

import java.time.Duration;
import java.time.Instant;

/// Clock and timer, an interface so that tests can control time.
public interface Timer {

  /// Returns the current time.
  Instant now();

  /// Runs a task once after a delay.
  ///
  /// @return cancels the task; has no effect after it ran
  Runnable after(Duration wait, Runnable task);
}
