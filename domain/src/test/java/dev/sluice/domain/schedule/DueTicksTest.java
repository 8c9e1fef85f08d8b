package dev.sluice.domain.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is due of a schedule.
final class DueTicksTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final AtomicInteger calls = new AtomicInteger();

  /// Every minute.
  private Optional<Instant> next(Instant after) {
    calls.incrementAndGet();
    return Optional.of(Instant.ofEpochSecond((Math.floorDiv(after.getEpochSecond(), 60) + 1) * 60));
  }

  private DueTicks due(CatchUp catchUp, Duration since) {
    return DueTicks.of(this::next, catchUp, START, START.plus(since));
  }

  @ParameterizedTest
  @EnumSource
  void beforeTheNextTick_nothingIsDue(CatchUp catchUp) {
    assertThat(due(catchUp, Duration.ofSeconds(59)))
        .isEqualTo(new DueTicks(List.of(), START, false));
    assertThat(due(catchUp, Duration.ofDays(-1))).isEqualTo(new DueTicks(List.of(), START, false));
  }

  @ParameterizedTest
  @EnumSource
  void tickOfTheLastMinute_isNotMissed(CatchUp catchUp) {
    DueTicks first = new DueTicks(List.of(START.plusSeconds(60)), START, false);

    assertThat(due(catchUp, Duration.ofSeconds(60))).isEqualTo(first);
    assertThat(due(catchUp, Duration.ofMillis(119_999))).isEqualTo(first);
  }

  @Test
  void earlierTicks_areSkippedOrCaughtUpWith() {
    Instant missedUntil = START.plusSeconds(180);
    Instant now = START.plusSeconds(240);

    assertThat(due(CatchUp.NONE, Duration.ofMinutes(4)))
        .isEqualTo(new DueTicks(List.of(now), missedUntil, true));
    assertThat(due(CatchUp.LAST, Duration.ofMinutes(4)))
        .isEqualTo(new DueTicks(List.of(missedUntil, now), missedUntil, true));
    assertThat(due(CatchUp.ALL, Duration.ofMinutes(4)))
        .isEqualTo(
            new DueTicks(
                List.of(START.plusSeconds(60), START.plusSeconds(120), missedUntil, now),
                START,
                false));
  }

  @Test
  void afterYears_itIsStillQuickAndBounded() {
    DueTicks due = due(CatchUp.ALL, Duration.ofDays(3650));

    assertThat(due.toEmit()).hasSize(CatchUp.ALL.limit() + 1).isSorted();
    assertThat(due.areSomeSkipped()).isTrue();
    assertThat(calls).hasValueLessThan(2_000);
  }
}
