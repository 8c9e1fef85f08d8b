package dev.sluice.adapter.jdbc.postgres;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Keeps a minimum interval between calls, so that each can do more at once: the first one after a
/// pause runs at once, those that follow closely wait a little.
final class MinInterval {

  private final long apart;
  private final AtomicLong last = new AtomicLong(System.nanoTime() - Duration.ofDays(1).toNanos());

  /// @param apart shortest time between the starts of two calls
  MinInterval(Duration apart) {
    this.apart = apart.toNanos();
  }

  /// Waits for the caller's turn. Called by one thread at a time; a second one would only run
  /// early.
  void await() {
    long wait = last.get() + apart - System.nanoTime();
    if (wait > 0) {
      LockSupport.parkNanos(wait);
    }
    last.set(System.nanoTime());
  }
}
