package dev.sluice.process;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Polls a condition, with a time limit.
public final class Waiting {

  private static final Duration BETWEEN = Duration.ofMillis(100);

  private Waiting() {}

  public static void until(String what, Duration limit, BooleanSupplier is) {
    long end = System.nanoTime() + limit.toNanos();
    while (!is.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + limit.toSeconds() + " s: " + what);
      }
      try {
        Thread.sleep(BETWEEN);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }
}
