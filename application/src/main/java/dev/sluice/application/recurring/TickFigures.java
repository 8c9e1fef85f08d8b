package dev.sluice.application.recurring;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/// What this node did with the ticks of schedules, for metrics. One thread writes, any may read.
public final class TickFigures {

  private final LongAdder stored = new LongAdder();
  private final LongAdder skippings = new LongAdder();
  private volatile Optional<Instant> earliest = Optional.empty();

  TickFigures() {}

  void stored() {
    stored.increment();
  }

  void skipped() {
    skippings.increment();
  }

  /// Records the earliest tick that has no event yet, as far as this node knows.
  void waits(Optional<Instant> tick) {
    earliest = tick;
  }

  /// Returns how many ticks got their events from this node.
  public long countStored() {
    return stored.sum();
  }

  /// Returns how often missed ticks of a schedule were skipped.
  public long countSkipped() {
    return skippings.sum();
  }

  /// Returns for how long the earliest due tick has had no event; zero when none is due.
  public Duration lateness(Instant now) {
    return earliest
        .filter(tick -> tick.isBefore(now))
        .map(tick -> Duration.between(tick, now))
        .orElse(Duration.ZERO);
  }
}
