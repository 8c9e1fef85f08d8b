package dev.sluice.domain.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.domain.subscription.RetryPolicy.Failure;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Full jitter: waits are uniformly distributed over 0 to the ceiling. Seeded, so that runs repeat.
final class RetryPolicyDistributionTest {

  private static final int DRAWS = 50_000;

  /// With a ceiling of 999 ms there are 1,000 waits, equally likely.
  private static final long CEILING_MILLIS = 999;

  private static final long[] WAITS = waitsInMillis();

  private static long[] waitsInMillis() {
    RandomGenerator random = new SplittableRandom(20260102);
    Duration ceiling = Duration.ofMillis(CEILING_MILLIS);
    var policy = new RetryPolicy(1, ceiling, ceiling, Duration.ZERO);
    var failure = new Failure(true, 1, Duration.ZERO, Duration.ZERO);
    long[] waits = new long[DRAWS];
    Arrays.setAll(
        waits,
        _ ->
            switch (policy.decide(failure, random)) {
              case RetryDecision.RetryAfter(Duration delay) -> delay.toMillis();
              case RetryDecision.GiveUp() -> throw new AssertionError("must not give up");
            });
    return waits;
  }

  @Test
  void waits_reachBothEndsAndNothingBeyond() {
    assertThat(Arrays.stream(WAITS).min()).hasValue(0);
    assertThat(Arrays.stream(WAITS).max()).hasValue(CEILING_MILLIS);
  }

  @Test
  void meanWait_isHalfTheCeiling() {
    double standardError = 1_000 / Math.sqrt(12) / Math.sqrt(DRAWS);

    assertThat(Arrays.stream(WAITS).average().orElseThrow())
        .isCloseTo(CEILING_MILLIS / 2.0, within(3 * standardError));
  }

  @Test
  void waits_fillTheRangeEvenly() {
    int bins = 20;
    double expected = (double) DRAWS / bins;
    long[] counts = new long[bins];
    for (long wait : WAITS) {
      counts[(int) (wait * bins / (CEILING_MILLIS + 1))]++;
    }

    double chiSquare =
        Arrays.stream(counts).mapToDouble(n -> (n - expected) * (n - expected) / expected).sum();

    assertThat(chiSquare).as("99 % point for 19 degrees of freedom").isLessThan(36.191);
  }

  @Test
  void largestGapToTheUniformDistribution_isWhatChanceAllows() {
    long[] sorted = WAITS.clone();
    Arrays.sort(sorted);
    double largest = 0;
    for (int index = 0; index < DRAWS; index++) {
      double uniform = (sorted[index] + 1.0) / (CEILING_MILLIS + 1);
      boolean isLastOfItsValue = index == DRAWS - 1 || sorted[index + 1] > sorted[index];
      if (isLastOfItsValue) {
        largest = Math.max(largest, Math.abs((index + 1.0) / DRAWS - uniform));
      }
    }

    assertThat(largest).as("Kolmogorov-Smirnov, 99 %").isLessThan(1.628 / Math.sqrt(DRAWS));
  }

  @Test
  void successiveWaits_areNotAlike() {
    double mean = Arrays.stream(WAITS).average().orElseThrow();
    double covariance = 0;
    double variance = 0;
    for (int index = 1; index < DRAWS; index++) {
      covariance += (WAITS[index] - mean) * (WAITS[index - 1] - mean);
      variance += (WAITS[index] - mean) * (WAITS[index] - mean);
    }

    assertThat(covariance / variance).isCloseTo(0, within(3 / Math.sqrt(DRAWS)));
  }
}
