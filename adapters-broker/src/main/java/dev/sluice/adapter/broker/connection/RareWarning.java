package dev.sluice.adapter.broker.connection;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// How loud to say what an outage makes happen again and again: once a minute, and only for
/// debugging in between.
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

  /// The level for saying it now.
  public Level level() {
    return level(Level.WARNING);
  }

  /// The same for what is louder or quieter than a warning.
  public Level level(Level once) {
    long now = nanoTime.getAsLong();
    long due = next.get();
    boolean isDue = now - due >= 0 && next.compareAndSet(due, now + BETWEEN.toNanos());
    return isDue ? once : Level.DEBUG;
  }
}
