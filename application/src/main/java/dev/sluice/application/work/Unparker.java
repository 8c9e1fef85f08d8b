package dev.sluice.application.work;

import dev.sluice.application.schedule.NextRun;
import dev.sluice.domain.port.DeliveryQueue;
import dev.sluice.domain.time.TimeLimit;
import dev.sluice.domain.time.TimeSource;
import java.time.Duration;

/// Puts deliveries back that were set aside while their subscription was paused: after a pause
/// ended, and now and then, because another node may have set some aside before it knew of the end.
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

  /// Something may have to be put back.
  void soon() {
    isWanted = true;
  }

  /// Puts back what is there, for a moment. Called by one thread at a time.
  void unparkWhenDue() {
    if (!isWanted && !nextSweep.isDue()) {
      return;
    }
    nextSweep.in(SWEEP_EVERY);
    TimeLimit limit = TimeLimit.of(clock, LONGEST_RUN);
    isWanted = false;
    boolean isDone = false;
    while (!isDone && !limit.isOver()) {
      // Asked each time: what is paused again stays aside.
      isDone = queue.unpark(gate.paused().subscriptions(), STEP) == 0;
    }
    if (!isDone) {
      // Others wait for the same thread; the rest comes with its next turn.
      isWanted = true;
    }
  }
}
