package dev.sluice.domain.subscription;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// Decides whether and when a failed delivery is retried.
///
/// Exponential backoff with full jitter: the wait before retry `n` (from 1) is drawn uniformly from
/// zero to `min(cap, base * factor^(n-1))`, after "Exponential Backoff And Jitter" (AWS
/// Architecture Blog, 2015), which spreads the retries of many failed deliveries instead of making
/// them at the same time.
///
/// @param maxRetries how many retries follow the first attempt; 0 means one attempt only
/// @param base upper bound of the first wait
/// @param factor by which the upper bound grows with each retry, 1 to [#MAX_FACTOR]
/// @param cap upper bound of every wait, including those that a receiver asked for
/// @param maxAge no retry starts later than this after the event was received; zero means no such
///   limit
public record RetryPolicy(
    int maxRetries, Duration base, double factor, Duration cap, Duration maxAge) {

  public static final double DEFAULT_FACTOR = 2;
  public static final double MAX_FACTOR = 10;

  /// Five retries, from one second up to five minutes, whatever the age.
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(5, Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ZERO);

  /// Above this many milliseconds, a `long` of twice as many would overflow.
  private static final double LONGEST_MILLIS = 0x1p62;

  /// @throws IllegalArgumentException when a number is negative, the factor is out of range, or the
  ///   cap is below the base
  public RetryPolicy {
    if (!(factor >= 1 && factor <= MAX_FACTOR)) {
      throw new IllegalArgumentException(
          "retry policy needs a factor from 1 to 10, but was " + factor);
    }
    if (maxRetries < 0 || base.isNegative() || maxAge.isNegative() || cap.compareTo(base) < 0) {
      throw new IllegalArgumentException(
          "retry policy needs maxRetries >= 0, base >= 0, cap >= base and maxAge >= 0, but was "
              + maxRetries
              + ", "
              + base
              + ", "
              + cap
              + ", "
              + maxAge);
    }
  }

  /// Creates a policy whose waits double.
  ///
  /// @throws IllegalArgumentException when a number is negative or the cap is below the base
  public RetryPolicy(int maxRetries, Duration base, Duration cap, Duration maxAge) {
    this(maxRetries, base, DEFAULT_FACTOR, cap, maxAge);
  }

  /// Decides whether and when to retry after this failure.
  public RetryDecision decide(Failure failure, RandomGenerator random) {
    Duration wait = waitFor(failure, random);
    return allowsRetryAfter(wait, failure)
        ? new RetryDecision.RetryAfter(wait)
        : new RetryDecision.GiveUp();
  }

  /// Returns whether an event of this age is too old for another attempt after `wait`, however many
  /// attempts are left.
  public boolean isTooOld(Duration age, Duration wait) {
    return maxAge.isPositive() && age.plus(wait).compareTo(maxAge) > 0;
  }

  private boolean allowsRetryAfter(Duration wait, Failure failure) {
    return failure.isRetryable()
        && failure.spentAttempts() <= maxRetries
        && !isTooOld(failure.age(), wait);
  }

  /// Returns the upper bound of the wait after this number of attempts (1 or more).
  public Duration ceiling(int spentAttempts) {
    long baseMillis = base.toMillis();
    if (baseMillis == 0) {
      return Duration.ZERO;
    }
    // A double does not overflow: it becomes infinite.
    double grownMillis = baseMillis * Math.pow(factor, spentAttempts - 1.0);
    if (grownMillis >= LONGEST_MILLIS) {
      return cap;
    }
    Duration grown = Duration.ofMillis((long) grownMillis);
    return grown.compareTo(cap) < 0 ? grown : cap;
  }

  private Duration waitFor(Failure failure, RandomGenerator random) {
    Duration computed =
        Duration.ofMillis(random.nextLong(ceiling(failure.spentAttempts()).toMillis() + 1));
    Duration asked = failure.retryAfter();
    Duration wait = computed.compareTo(asked) < 0 ? asked : computed;
    return wait.compareTo(cap) < 0 ? wait : cap;
  }

  /// What a policy needs to know about a failed attempt.
  ///
  /// @param isRetryable false for a failure that no retry can fix
  /// @param spentAttempts attempts spent since the delivery began or was replayed, including this
  ///   one
  /// @param retryAfter the wait that the receiver asked for; zero when it asked for none
  /// @param age time since the event was received
  public record Failure(boolean isRetryable, int spentAttempts, Duration retryAfter, Duration age) {

    /// @throws IllegalArgumentException when no attempt was made
    public Failure {
      if (spentAttempts < 1) {
        throw new IllegalArgumentException(
            "spentAttempts must be at least 1, but was " + spentAttempts);
      }
    }
  }
}
