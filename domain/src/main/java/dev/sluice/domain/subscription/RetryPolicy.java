package dev.sluice.domain.subscription;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/// Decides whether and when a failed delivery is retried.
///
/// Exponential backoff with full jitter: the wait before retry `n` (from 1) is drawn uniformly from
/// zero to `min(cap, base * factor^(n-1))`, after "Exponential Backoff And Jitter" (AWS
/// Architecture Blog, 2015), which spreads the retries of many failed deliveries instead of making
/// them at the same time. Or an explicit list of waits, each of which is varied by up to a fifth.
///
/// @param maxRetries how many retries follow the first attempt; 0 means one attempt only
/// @param base upper bound of the first wait
/// @param factor by which the upper bound grows with each retry, 1 to [#MAX_FACTOR]
/// @param cap upper bound of every wait, including those that a receiver asked for
/// @param maxAge no retry starts later than this after [dev.sluice.domain.event.Event#deliverAt];
///   zero means no such limit
/// @param waits the wait before each retry, at most [#MAX_WAITS]; empty when they grow from `base`
public record RetryPolicy(
    int maxRetries,
    Duration base,
    double factor,
    Duration cap,
    Duration maxAge,
    List<Duration> waits) {

  public static final int MAX_WAITS = 50;

  public static final double DEFAULT_FACTOR = 2;
  public static final double MAX_FACTOR = 10;

  /// Five retries, from one second up to five minutes, whatever the age.
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(5, Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ZERO);

  /// The least and the most of a wait of a list, in tenths.
  private static final int LEAST_TENTHS = 8;

  private static final int MOST_TENTHS = 12;

  /// With a list of waits, a receiver may always ask for this wait.
  private static final Duration LEAST_CAP = Duration.ofHours(1);

  /// The schedule that Standard Webhooks recommend: nine retries in a little over three days.
  public static final RetryPolicy STANDARD_WEBHOOKS =
      waiting(
          List.of(
              Duration.ofSeconds(5),
              Duration.ofMinutes(5),
              Duration.ofMinutes(30),
              Duration.ofHours(2),
              Duration.ofHours(5),
              Duration.ofHours(10),
              Duration.ofHours(14),
              Duration.ofHours(20),
              Duration.ofHours(24)),
          Duration.ZERO);

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
    waits = List.copyOf(waits);
    if (waits.size() > MAX_WAITS || waits.stream().anyMatch(Duration::isNegative)) {
      throw new IllegalArgumentException("a list has at most 50 waits of 0 or more: " + waits);
    }
  }

  /// Creates a policy whose waits grow exponentially.
  ///
  /// @throws IllegalArgumentException when a number is negative, the factor is out of range, or the
  ///   cap is below the base
  public RetryPolicy(int maxRetries, Duration base, double factor, Duration cap, Duration maxAge) {
    this(maxRetries, base, factor, cap, maxAge, List.of());
  }

  /// Creates a policy with a list of waits.
  ///
  /// @param waits 1 to [#MAX_WAITS]
  /// @param maxAge as in the record
  public static RetryPolicy waiting(List<Duration> waits, Duration maxAge) {
    Duration longest = Collections.max(waits).multipliedBy(MOST_TENTHS).dividedBy(10);
    Duration cap = longest.compareTo(LEAST_CAP) < 0 ? LEAST_CAP : longest;
    return new RetryPolicy(waits.size(), Duration.ZERO, 1, cap, maxAge, waits);
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
    if (!waits.isEmpty()) {
      return listed(spentAttempts).multipliedBy(MOST_TENTHS).dividedBy(10);
    }
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

  private Duration listed(int spentAttempts) {
    return waits.get(Math.min(spentAttempts, waits.size()) - 1);
  }

  private Duration floor(int spentAttempts) {
    return waits.isEmpty()
        ? Duration.ZERO
        : listed(spentAttempts).multipliedBy(LEAST_TENTHS).dividedBy(10);
  }

  private Duration waitFor(Failure failure, RandomGenerator random) {
    long least = floor(failure.spentAttempts()).toMillis();
    long most = ceiling(failure.spentAttempts()).toMillis();
    Duration computed = Duration.ofMillis(least + random.nextLong(most - least + 1));
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
  /// @param age time since [dev.sluice.domain.event.Event#deliverAt]
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
