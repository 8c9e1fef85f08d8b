package dev.sluice.adapter.broker;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// How loud to say what an outage makes happen again and again: a warning every ten seconds, and
/// only for debugging in between.
final class RareWarning {

  private static final Duration BETWEEN = Duration.ofSeconds(10);

  /// By [System#nanoTime].
  private final AtomicLong next = new AtomicLong(System.nanoTime());

  /// The level for saying it now.
  Level level() {
    long now = System.nanoTime();
    long due = next.get();
    boolean isDue = now - due >= 0 && next.compareAndSet(due, now + BETWEEN.toNanos());
    return isDue ? Level.WARNING : Level.DEBUG;
  }
}
