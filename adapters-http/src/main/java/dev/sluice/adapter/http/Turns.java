package dev.sluice.adapter.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Lets long work be done by a few threads at a time, in the order in which they ask.
///
/// Virtual threads do not interrupt each other: as many large requests as there are processors keep
/// all small ones waiting. If each large request only yielded now and then, all of them would still
/// stand in front of each step of a small one.
final class Turns {

  /// Whoever waits longer goes on without a turn, so that a storage that hangs stops nobody else.
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private final Semaphore free;

  /// @param atOnce how many turns there are, at least 1
  Turns(int atOnce) {
    free = new Semaphore(atOnce, true);
  }

  /// Waits for a turn.
  ///
  /// @return false when it took too long; otherwise the turn must be given back
  boolean take() {
    try {
      return free.tryAcquire(LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  void giveBack() {
    free.release();
  }

  /// Does something in a turn.
  <T> T during(Supplier<T> work) {
    boolean isTaken = take();
    try {
      return work.get();
    } finally {
      if (isTaken) {
        giveBack();
      }
    }
  }
}
