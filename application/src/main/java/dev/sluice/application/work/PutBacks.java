package dev.sluice.application.work;

import dev.sluice.domain.port.DeliveryQueue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Puts deliveries back that were set aside while their subscription was paused: after a pause
/// ended, and now and then, because another node may have set some aside before it knew of the end.
final class PutBacks {

  private static final int STEP = 1_000;
  private static final Duration LONGEST_RUN = Duration.ofMillis(200);
  private static final Duration SWEEP_EVERY = Duration.ofSeconds(5);

  private final DeliveryQueue queue;
  private final Gate gate;
  private final InstantSource clock;
  private volatile boolean isWanted;
  private Instant nextSweep = Instant.MIN;

  PutBacks(DeliveryQueue queue, Gate gate, InstantSource clock) {
    this.queue = queue;
    this.gate = gate;
    this.clock = clock;
  }

  /// Something may have to be put back.
  void soon() {
    isWanted = true;
  }

  /// Puts back what is there, for a moment. Called by one thread at a time.
  void putBackWhenDue() {
    Instant begin = clock.instant();
    boolean isClockSetBack = nextSweep.isAfter(begin.plus(SWEEP_EVERY));
    if (!isWanted && begin.isBefore(nextSweep) && !isClockSetBack) {
      return;
    }
    nextSweep = begin.plus(SWEEP_EVERY);
    isWanted = false;
    boolean isDone = false;
    while (!isDone && clock.instant().isBefore(begin.plus(LONGEST_RUN))) {
      // Asked each time: what is paused again stays aside.
      isDone = queue.putBack(gate.paused().subscriptions(), STEP) == 0;
    }
    if (!isDone) {
      // Others wait for the same thread; the rest comes with its next turn.
      isWanted = true;
    }
  }
}
