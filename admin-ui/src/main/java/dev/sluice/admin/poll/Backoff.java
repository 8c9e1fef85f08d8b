package dev.sluice.admin.poll;

import dev.sluice.admin.api.Fault;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// Delay after a failure: doubles with each failure and varies randomly by up to a fifth, so that
/// many consoles that lost the same service do not return at the same moment.
final class Backoff {

  static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final double SPREAD = 0.2;

  private Backoff() {}

  /// Returns the delay after a number of consecutive failures.
  ///
  /// A delay that the service asks for takes precedence and is never shortened.
  static Duration after(Fault fault, int failures, Duration period, RandomGenerator chance) {
    double spread = 1 + SPREAD * (2 * chance.nextDouble() - 1);
    if (fault instanceof Fault.Busy busy && busy.retryAfter().isPositive()) {
      return times(busy.retryAfter(), Math.max(1, spread));
    }
    Duration first = period.compareTo(SHORTEST) > 0 ? period : SHORTEST;
    Duration wait = first.multipliedBy(1L << Math.min(failures - 1, 10));
    return times(wait.compareTo(LONGEST) < 0 ? wait : LONGEST, spread);
  }

  private static Duration times(Duration wait, double factor) {
    return Duration.ofNanos((long) (wait.toNanos() * factor));
  }
}
