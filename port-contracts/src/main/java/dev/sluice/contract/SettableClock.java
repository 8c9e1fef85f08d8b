package dev.sluice.contract;

import dev.sluice.domain.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that only tests move.
public final class SettableClock implements TimeSource {

  /// The time at which every such clock begins.
  public static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final AtomicLong passed = new AtomicLong();

  @Override
  public Instant instant() {
    return now.get();
  }

  @Override
  public long nanoTime() {
    return passed.get();
  }

  /// Lets time pass. A negative duration sets the wall clock back.
  public void advance(Duration duration) {
    passed.addAndGet(Math.max(0, duration.toNanos()));
    now.updateAndGet(before -> before.plus(duration));
  }

  /// Sets the wall clock; no time passes.
  ///
  /// @param duration how far; negative to set it back
  public void step(Duration duration) {
    now.updateAndGet(before -> before.plus(duration));
  }
}
