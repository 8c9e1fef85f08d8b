package dev.sluice.adapter.broker.connection;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Chooses the log level of what an outage repeats: a warning once a minute, and debug in between.
public final class RareWarning {

  private static final Duration BETWEEN = Duration.ofMinutes(1);

  private final LongSupplier nanoTime;
  private final AtomicLong next;

  public RareWarning() {
    this(System::nanoTime);
  }

  /// @param nanoTime a clock that never goes back
  RareWarning(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.next = new AtomicLong(nanoTime.getAsLong());
  }

  /// Returns the level for a message that is logged now.
  public Level level() {
    return level(Level.WARNING);
  }

  /// Returns the level for a message that is logged now, with another one than a warning.
  ///
  /// @param once the level once a minute
  public Level level(Level once) {
    long now = nanoTime.getAsLong();
    long due = next.get();
    boolean isDue = now - due >= 0 && next.compareAndSet(due, now + BETWEEN.toNanos());
    return isDue ? once : Level.DEBUG;
  }
}
