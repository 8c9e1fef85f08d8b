package dev.sluice.domain.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.domain.subscription.RetryDecision.GiveUp;
import dev.sluice.domain.subscription.RetryDecision.RetryAfter;
import dev.sluice.domain.subscription.RetryPolicy.Failure;
import java.time.Duration;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/// What holds for every policy and every failure.
final class RetryPolicyPropertiesTest {

  @Provide
  Arbitrary<RetryPolicy> policies() {
    Arbitrary<Integer> retries = Arbitraries.integers().between(0, Integer.MAX_VALUE);
    return Combinators.combine(retries, millis(), millis(), millis())
        .as(
            (maxRetries, one, other, maxAge) ->
                new RetryPolicy(maxRetries, smaller(one, other), larger(one, other), maxAge));
  }

  @Provide
  Arbitrary<Failure> failures() {
    Arbitrary<Integer> attempts = Arbitraries.integers().between(1, Integer.MAX_VALUE);
    return Combinators.combine(Arbitraries.of(true, false), attempts, millis(), millis())
        .as(Failure::new);
  }

  private static Arbitrary<Duration> millis() {
    long quarter = Duration.ofDays(90).toMillis();
    return Arbitraries.longs().between(0, quarter).map(Duration::ofMillis);
  }

  @Property
  void wait_isNeverNegativeNorOverTheCap(
      @ForAll("policies") RetryPolicy policy, @ForAll("failures") Failure failure) {
    if (policy.decide(failure, new SplittableRandom(7)) instanceof RetryAfter(Duration delay)) {
      assertThat(delay).isBetween(Duration.ZERO, policy.cap());
    }
  }

  @Property
  void wait_isAtLeastWhatTheReceiverAskedForWithinTheCap(
      @ForAll("policies") RetryPolicy policy, @ForAll("failures") Failure failure) {
    if (policy.decide(failure, new SplittableRandom(7)) instanceof RetryAfter(Duration delay)) {
      Duration asked = smaller(failure.retryAfter(), policy.cap());
      Duration ceiling = policy.ceiling(failure.spentAttempts());
      assertThat(delay).isBetween(asked, larger(asked, ceiling));
    }
  }

  @Property
  void allowedRetry_isRetryableWithinBudgetAndAge(
      @ForAll("policies") RetryPolicy policy, @ForAll("failures") Failure failure) {
    if (policy.decide(failure, new SplittableRandom(7)) instanceof RetryAfter(Duration delay)) {
      assertThat(failure.isRetryable()).isTrue();
      assertThat(failure.spentAttempts()).isLessThanOrEqualTo(policy.maxRetries());
      if (policy.maxAge().isPositive()) {
        assertThat(failure.age().plus(delay)).isLessThanOrEqualTo(policy.maxAge());
      }
    }
  }

  @Property
  void withoutAgeLimit_retryableFailuresWithinBudgetAreRetried(
      @ForAll("policies") RetryPolicy policy, @ForAll("failures") Failure failure) {
    var ageless = new RetryPolicy(policy.maxRetries(), policy.base(), policy.cap(), Duration.ZERO);

    boolean isRetried = !(ageless.decide(failure, new SplittableRandom(7)) instanceof GiveUp);

    assertThat(isRetried)
        .isEqualTo(failure.isRetryable() && failure.spentAttempts() <= policy.maxRetries());
  }

  @Property
  void ceiling_isTheOneBeforeTimesTheFactorUpToTheCap(
      @ForAll("policies") RetryPolicy doubling,
      @ForAll @DoubleRange(min = 1, max = 10) double factor,
      @ForAll @IntRange(min = 1, max = 200) int attempts) {
    var policy = withFactor(doubling, factor);
    double before = (double) policy.ceiling(attempts).toMillis();
    double expected = Math.min(before * factor, (double) policy.cap().toMillis());

    assertThat(policy.ceiling(1)).isEqualTo(policy.base());
    // Each ceiling is rounded down to a millisecond.
    assertThat((double) policy.ceiling(attempts + 1).toMillis())
        .isCloseTo(expected, within(factor + 1 + expected * 1e-9));
  }

  @Property
  void ceiling_neverFallsAndNeverExceedsTheCap(
      @ForAll("policies") RetryPolicy doubling,
      @ForAll @DoubleRange(min = 1, max = 10) double factor,
      @ForAll @IntRange(min = 1, max = Integer.MAX_VALUE - 1) int attempts) {
    var policy = withFactor(doubling, factor);

    assertThat(policy.ceiling(attempts + 1)).isBetween(policy.ceiling(attempts), policy.cap());
  }

  private static RetryPolicy withFactor(RetryPolicy policy, double factor) {
    return new RetryPolicy(
        policy.maxRetries(), policy.base(), factor, policy.cap(), policy.maxAge());
  }

  @Property
  void ceiling_isTheDoubleOfTheOneBeforeUpToTheCap(
      @ForAll("policies") RetryPolicy policy, @ForAll @IntRange(min = 1, max = 200) int attempts) {
    Duration doubled = policy.ceiling(attempts).multipliedBy(2);

    assertThat(policy.ceiling(1)).isEqualTo(policy.base());
    assertThat(policy.ceiling(attempts + 1)).isEqualTo(smaller(doubled, policy.cap()));
  }

  private static Duration smaller(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration larger(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }
}
