package dev.sluice.adapter.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Limits how many threads do long work at once, in order of arrival.
///
/// A virtual thread keeps its carrier until it blocks or yields. As many large requests as there
/// are processors would keep every small request waiting; even if each yielded now and then, all of
/// them would still run before each step of a small one.
public final class Permits {

  /// A thread that waits longer proceeds without a permit, so that a hanging storage does not block
  /// the threads behind it.
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private final Semaphore free;

  /// @param count how many threads may work at once, at least 1
  public Permits(int count) {
    free = new Semaphore(count, true);
  }

  /// Waits for a permit.
  ///
  /// @return whether a permit was acquired and must be released; false after a second without one
  boolean acquire() {
    try {
      return free.tryAcquire(LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  void release() {
    free.release();
  }

  /// Runs some work with a permit.
  public <T> T call(Supplier<T> work) {
    boolean isAcquired = acquire();
    try {
      return work.get();
    } finally {
      if (isAcquired) {
        release();
      }
    }
  }
}
