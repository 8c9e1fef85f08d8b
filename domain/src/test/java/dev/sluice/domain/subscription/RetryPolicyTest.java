package dev.sluice.domain.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.domain.subscription.RetryDecision.GiveUp;
import dev.sluice.domain.subscription.RetryDecision.RetryAfter;
import dev.sluice.domain.subscription.RetryPolicy.Failure;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The waits of a policy, with the random numbers fixed to one end.
final class RetryPolicyTest {

  private static final RetryPolicy POLICY = RetryPolicy.DEFAULT;
  private static final Duration ASKED_NOTHING = Duration.ZERO;

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

  private static Failure failure(int spentAttempts, Duration retryAfter) {
    return new Failure(true, spentAttempts, retryAfter, Duration.ZERO);
  }

  private static RetryDecision afterAge(Duration maxAge, Duration age) {
    return new RetryPolicy(5, Duration.ofSeconds(1), Duration.ofSeconds(1), maxAge)
        .decide(new Failure(true, 1, ASKED_NOTHING, age), LONGEST);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,2", "3,4", "4,8", "5,16", "9,256", "10,300", "11,300", "1000,300"})
  void ceiling_doublesUpToTheCap(int spentAttempts, long seconds) {
    assertThat(POLICY.ceiling(spentAttempts)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(ints = {53, 54, 62, 63, 64, 65, 1_000_000, Integer.MAX_VALUE})
  void ceilingOfManyAttempts_isTheCapAndDoesNotOverflow(int spentAttempts) {
    assertThat(POLICY.ceiling(spentAttempts)).isEqualTo(POLICY.cap());
  }

  @ParameterizedTest
  @CsvSource({"1,1,1000", "1,9,1000", "1.5,2,1500", "1.5,4,3375", "10,3,100000", "10,400,300000"})
  void ceiling_growsByTheFactor(double factor, int spentAttempts, long millis) {
    var policy =
        new RetryPolicy(5, Duration.ofSeconds(1), factor, Duration.ofMinutes(5), Duration.ZERO);

    assertThat(policy.ceiling(spentAttempts)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.999, 10.001, -2, Double.NaN, Double.POSITIVE_INFINITY})
  void factorOutOfRange_isRefused(double factor) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new RetryPolicy(1, Duration.ZERO, factor, Duration.ofSeconds(1), Duration.ZERO))
        .withMessageContaining("factor from 1 to 10");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 64, Integer.MAX_VALUE})
  void zeroBase_retriesAtOnce(int spentAttempts) {
    var policy =
        new RetryPolicy(Integer.MAX_VALUE, Duration.ZERO, Duration.ofMinutes(5), Duration.ZERO);

    assertThat(policy.decide(failure(spentAttempts, ASKED_NOTHING), LONGEST))
        .isEqualTo(new RetryAfter(Duration.ZERO));
  }

  @Test
  void wait_liesBetweenZeroAndTheCeilingBothIncluded() {
    assertThat(POLICY.decide(failure(3, ASKED_NOTHING), SHORTEST))
        .isEqualTo(new RetryAfter(Duration.ZERO));
    assertThat(POLICY.decide(failure(3, ASKED_NOTHING), LONGEST))
        .isEqualTo(new RetryAfter(Duration.ofSeconds(4)));
  }

  @Test
  void longerWaitThatTheReceiverAskedFor_isHonoured() {
    assertThat(POLICY.decide(failure(3, Duration.ofSeconds(90)), LONGEST))
        .isEqualTo(new RetryAfter(Duration.ofSeconds(90)));
  }

  @Test
  void shorterWaitThatTheReceiverAskedFor_changesNothing() {
    assertThat(POLICY.decide(failure(3, Duration.ofSeconds(1)), LONGEST))
        .isEqualTo(new RetryAfter(Duration.ofSeconds(4)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT5M", "PT5M0.001S", "P365D", "PT1000000000000H"})
  void receiverCannotAskForMoreThanTheCap(Duration asked) {
    assertThat(POLICY.decide(failure(1, asked), SHORTEST)).isEqualTo(new RetryAfter(POLICY.cap()));
  }

  @ParameterizedTest
  @CsvSource({"0,1", "1,2", "5,6", "5,7"})
  void budgetUsedUp_givesUp(int maxRetries, int spentAttempts) {
    var policy =
        new RetryPolicy(maxRetries, Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ZERO);

    assertThat(policy.decide(failure(spentAttempts, ASKED_NOTHING), SHORTEST))
        .isEqualTo(new GiveUp());
  }

  @Test
  void defaultPolicy_triesSixTimes() {
    assertThat(POLICY.decide(failure(5, ASKED_NOTHING), SHORTEST)).isInstanceOf(RetryAfter.class);
    assertThat(POLICY.decide(failure(6, ASKED_NOTHING), SHORTEST)).isInstanceOf(GiveUp.class);
  }

  @Test
  void failureThatNoRepetitionMends_givesUpAtOnce() {
    assertThat(POLICY.decide(new Failure(false, 1, ASKED_NOTHING, Duration.ZERO), SHORTEST))
        .isEqualTo(new GiveUp());
  }

  @Test
  void retryThatStartsByTheMaximumAge_isAllowed() {
    assertThat(afterAge(Duration.ofSeconds(10), Duration.ofSeconds(9)))
        .isEqualTo(new RetryAfter(Duration.ofSeconds(1)));
  }

  @Test
  void retryThatWouldStartAfterTheMaximumAge_isNot() {
    assertThat(afterAge(Duration.ofSeconds(10), Duration.ofSeconds(9).plusNanos(1)))
        .isEqualTo(new GiveUp());
  }

  @Test
  void noMaximumAge_meansAnyAge() {
    assertThat(afterAge(Duration.ZERO, Duration.ofDays(10_000))).isInstanceOf(RetryAfter.class);
  }

  @ParameterizedTest
  @CsvSource({
    "PT9M,PT0S,false",
    "PT10M,PT0S,false",
    "PT10M0.001S,PT0S,true",
    "PT9M59S,PT1S,false",
    "PT9M59S,PT1.001S,true"
  })
  void maximumAge_endsRetriesWhateverTheBudget(Duration age, Duration wait, boolean isTooOld) {
    var hour = Duration.ofHours(1);
    var policy = new RetryPolicy(2, hour, hour, Duration.ofMinutes(10));

    assertThat(policy.isTooOld(age, wait)).isEqualTo(isTooOld);
    assertThat(policy.decide(new Failure(true, 1, ASKED_NOTHING, age), LONGEST))
        .isEqualTo(new GiveUp());
  }

  @Test
  void policyWithoutMaximumAge_findsNothingTooOld() {
    assertThat(RetryPolicy.DEFAULT.isTooOld(Duration.ofDays(10_000), Duration.ofDays(1))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"-1,PT1S,PT2S,PT0S", "0,PT-1S,PT2S,PT0S", "0,PT2S,PT1S,PT0S", "0,PT1S,PT2S,PT-1S"})
  void impossiblePolicy_isRefused(int maxRetries, Duration base, Duration cap, Duration maxAge) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RetryPolicy(maxRetries, base, cap, maxAge))
        .withMessageContaining(maxRetries + ", " + base + ", " + cap + ", " + maxAge);
  }

  @Test
  void failureWithoutAnAttempt_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> failure(0, ASKED_NOTHING));
  }
}
