package dev.sluice.adapter.http;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Logs at most one line per second and counts the others, so that neither an outage nor a client
/// can fill the disk or make requests wait for the log.
public final class ThrottledLog {

  private static final long PAUSE = Duration.ofSeconds(1).toNanos();

  private final System.Logger log;
  private final LongSupplier nanoTime;
  private final AtomicLong nextAt;
  private final AtomicLong left = new AtomicLong();

  /// @param nanoTime a monotonic clock
  public ThrottledLog(System.Logger log, LongSupplier nanoTime) {
    this.log = log;
    this.nanoTime = nanoTime;
    this.nextAt = new AtomicLong(nanoTime.getAsLong());
  }

  public void log(Level level, String message) {
    log(level, message, null);
  }

  public void log(Level level, String message, @Nullable Throwable cause) {
    long now = nanoTime.getAsLong();
    long due = nextAt.get();
    if (now - due < 0 || !nextAt.compareAndSet(due, now + PAUSE)) {
      left.incrementAndGet();
      return;
    }
    long others = left.getAndSet(0);
    log.log(level, message + (others > 0 ? "; " + others + " more were not logged" : ""), cause);
  }
}
