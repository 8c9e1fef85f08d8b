package dev.sluice.domain.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.domain.subscription.RetryDecision.GiveUp;
import dev.sluice.domain.subscription.RetryDecision.RetryAfter;
import dev.sluice.domain.subscription.RetryPolicy.Failure;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Policies with a list of waits, with the random numbers fixed to one end.
final class RetryWaitsTest {

  private static final RetryPolicy POLICY =
      RetryPolicy.waiting(
          List.of(Duration.ofSeconds(10), Duration.ofMinutes(5), Duration.ofSeconds(1)),
          Duration.ZERO);

  /// Draws the smallest possible number.
  private static final RandomGenerator SHORTEST = () -> 0L;

  /// Draws the largest possible number.
  private static final RandomGenerator LONGEST = new Largest();

  private static final class Largest implements RandomGenerator {
    @Override
    public long nextLong() {
      return -1L;
    }

    @Override
    public long nextLong(long bound) {
      return bound - 1;
    }
  }

  private static Failure failure(int spentAttempts, Duration asked) {
    return new Failure(true, spentAttempts, asked, Duration.ZERO);
  }

  @ParameterizedTest
  @CsvSource({"1,8000,12000", "2,240000,360000", "3,800,1200"})
  void waits_areTakenInOrderAndVariedByAFifth(int spentAttempts, long least, long most) {
    Failure failure = failure(spentAttempts, Duration.ZERO);

    assertThat(POLICY.decide(failure, SHORTEST))
        .isEqualTo(new RetryAfter(Duration.ofMillis(least)));
    assertThat(POLICY.decide(failure, LONGEST)).isEqualTo(new RetryAfter(Duration.ofMillis(most)));
    assertThat(POLICY.ceiling(spentAttempts)).isEqualTo(Duration.ofMillis(most));
  }

  @Test
  void eachWait_isUsedOnce() {
    assertThat(POLICY.maxRetries()).isEqualTo(3);
    assertThat(POLICY.decide(failure(4, Duration.ZERO), LONGEST)).isEqualTo(new GiveUp());
    assertThat(POLICY.ceiling(100)).as("after replays").isEqualTo(Duration.ofMillis(1_200));
  }

  @Test
  void waitThatTheReceiverAskedFor_isHonouredUpToAnHour() {
    assertThat(POLICY.decide(failure(1, Duration.ofMinutes(2)), SHORTEST))
        .isEqualTo(new RetryAfter(Duration.ofMinutes(2)));
    assertThat(POLICY.decide(failure(1, Duration.ofSeconds(9)), LONGEST))
        .as("shorter than the own wait")
        .isEqualTo(new RetryAfter(Duration.ofSeconds(12)));
    assertThat(POLICY.decide(failure(1, Duration.ofDays(1)), SHORTEST))
        .isEqualTo(new RetryAfter(Duration.ofHours(1)));
  }

  @Test
  void longWaits_allowTheReceiverAsMuch() {
    RetryPolicy policy = RetryPolicy.waiting(List.of(Duration.ofHours(10)), Duration.ZERO);

    assertThat(policy.decide(failure(1, Duration.ofDays(9)), SHORTEST))
        .isEqualTo(new RetryAfter(Duration.ofHours(12)));
  }

  @Test
  void maximumAge_endsRetries() {
    RetryPolicy policy =
        RetryPolicy.waiting(Collections.nCopies(5, Duration.ofMinutes(10)), Duration.ofHours(1));
    var young = new Failure(true, 1, Duration.ZERO, Duration.ofMinutes(48));
    var old = new Failure(true, 1, Duration.ZERO, Duration.ofMinutes(48).plusMillis(1));

    assertThat(policy.decide(young, LONGEST)).isEqualTo(new RetryAfter(Duration.ofMinutes(12)));
    assertThat(policy.decide(old, LONGEST)).isEqualTo(new GiveUp());
  }

  @Test
  void failureThatNoRetryFixes_givesUpAtOnce() {
    var permanent = new Failure(false, 1, Duration.ZERO, Duration.ZERO);

    assertThat(POLICY.decide(permanent, SHORTEST)).isEqualTo(new GiveUp());
  }

  @Test
  void standardSchedule_takesThreeDays() {
    Duration all =
        RetryPolicy.STANDARD_WEBHOOKS.waits().stream().reduce(Duration.ZERO, Duration::plus);

    assertThat(RetryPolicy.STANDARD_WEBHOOKS.maxRetries()).isEqualTo(9);
    assertThat(all).isBetween(Duration.ofHours(75), Duration.ofHours(76));
    assertThat(RetryPolicy.STANDARD_WEBHOOKS.ceiling(1)).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void impossibleWaits_areRefused() {
    List<Duration> most = Collections.nCopies(RetryPolicy.MAX_WAITS, Duration.ofSeconds(1));

    assertThat(RetryPolicy.waiting(most, Duration.ZERO).maxRetries()).isEqualTo(50);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> RetryPolicy.waiting(Collections.nCopies(51, Duration.ZERO), Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                RetryPolicy.waiting(
                    List.of(Duration.ofSeconds(-1), Duration.ofSeconds(1)), Duration.ZERO));
  }
}
