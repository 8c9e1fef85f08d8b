package dev.sluice.contract;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that tests move by hand.
public final class SettableClock implements InstantSource {

  /// Where every such clock begins.
  public static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(START);

  @Override
  public Instant instant() {
    return now.get();
  }

  /// Moves the time on.
  public void advance(Duration duration) {
    now.updateAndGet(before -> before.plus(duration));
  }
}
