package dev.sluice.application.work;

import dev.sluice.application.schedule.NextRun;
import dev.sluice.domain.port.DeliveryQueue;
import dev.sluice.domain.time.TimeLimit;
import dev.sluice.domain.time.TimeSource;
import java.time.Duration;

/// Unparks deliveries of subscriptions that are no longer paused: after a pause ended, and every
/// few seconds, because another node may have parked some before it learned of the end.
final class Unparker {

  private static final int STEP = 1_000;
  private static final Duration LONGEST_RUN = Duration.ofMillis(200);
  private static final Duration SWEEP_EVERY = Duration.ofSeconds(5);

  private final DeliveryQueue queue;
  private final Gate gate;
  private final TimeSource clock;
  private volatile boolean isWanted;
  private final NextRun nextSweep;

  Unparker(DeliveryQueue queue, Gate gate, TimeSource clock) {
    this.queue = queue;
    this.gate = gate;
    this.clock = clock;
    this.nextSweep = new NextRun(clock);
  }

  /// Requests a run, because there may be something to unpark.
  void soon() {
    isWanted = true;
  }

  /// Unparks deliveries when due, for a short time. Called by one thread at a time.
  void unparkWhenDue() {
    if (!isWanted && !nextSweep.isDue()) {
      return;
    }
    nextSweep.in(SWEEP_EVERY);
    TimeLimit limit = TimeLimit.of(clock, LONGEST_RUN);
    isWanted = false;
    boolean isDone = false;
    while (!isDone && !limit.isOver()) {
      // Read each time: what is paused again stays parked.
      isDone = queue.unpark(gate.paused().subscriptions(), STEP) == 0;
    }
    if (!isDone) {
      // Other tasks wait for this thread; the rest follows in the next turn.
      isWanted = true;
    }
  }
}
