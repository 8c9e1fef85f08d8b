package dev.sluice.domain.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.domain.event.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PriorityOrderTest {

  private static final Instant DUE = Instant.parse("2026-12-01T12:00:00Z");
  private static final PriorityOrder ORDER = new PriorityOrder(Duration.ofMinutes(2));

  @ParameterizedTest
  @CsvSource({
    "9, 2026-12-01T11:52:00Z",
    "6, 2026-12-01T11:58:00Z",
    "5, 2026-12-01T12:00:00Z",
    "0, 2026-12-01T12:10:00Z"
  })
  void rank_isTheDueTimeLessAStepForEachLevel(int level, Instant rank) {
    assertThat(ORDER.rank(new Priority(level), DUE)).isEqualTo(rank);
  }

  @Test
  void sameRank_isWhenAnotherPriorityIsDueThatBeginsAtTheSameTime() {
    for (int level = 0; level <= Priority.MAX_LEVEL; level++) {
      var one = new Priority(level);
      var other = new Priority(3);
      Instant same = ORDER.sameRank(one, other, DUE);
      assertThat(ORDER.rank(one, same)).isEqualTo(ORDER.rank(other, DUE));
    }
  }

  @Test
  void comparison_isThatOfTheRanks() {
    var random = new SplittableRandom(7);
    for (int number = 0; number < 10_000; number++) {
      var one = new Priority(random.nextInt(10));
      var other = new Priority(random.nextInt(10));
      Instant due = DUE.plusNanos(random.nextLong(-2_000_000_000_000L, 2_000_000_000_000L));
      Instant otherDue =
          random.nextInt(10) == 0
              ? ORDER.sameRank(other, one, due)
              : DUE.plusNanos(random.nextLong(-2_000_000_000_000L, 2_000_000_000_000L));
      int expected = ORDER.rank(one, due).compareTo(ORDER.rank(other, otherDue));
      assertThat(Integer.signum(ORDER.compare(one, due, other, otherDue)))
          .isEqualTo(Integer.signum(expected));
    }
  }

  @Test
  void timesFarApart_areCompared() {
    assertThat(ORDER.compare(new Priority(0), Instant.MIN, new Priority(9), Instant.MAX))
        .isNegative();
    assertThat(ORDER.compare(new Priority(9), Instant.MAX, new Priority(0), Instant.MIN))
        .isPositive();
  }

  @Test
  void withoutAStep_allAreEqual() {
    var equal = new PriorityOrder(Duration.ZERO);

    assertThat(equal.rank(new Priority(9), DUE)).isEqualTo(equal.rank(new Priority(0), DUE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-PT0.001S", "PT24H0.001S"})
  void impossibleStep_isRefused(Duration step) {
    assertThatThrownBy(() -> new PriorityOrder(step)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "-1", "a", "５", " 5"})
  void onlyADigit_isAPriority(String text) {
    assertThat(Priority.of(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 10})
  void otherLevels_areRefused(int level) {
    assertThatThrownBy(() -> new Priority(level)).isInstanceOf(IllegalArgumentException.class);
  }
}
