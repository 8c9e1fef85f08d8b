package dev.sluice.application.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.domain.figures.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The steps and slices that make up a range.
final class SeriesRangeTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

  private static SeriesRange ago(Duration from, Duration to, Optional<Duration> step) {
    return SeriesRange.of(NOW.minus(from), NOW.minus(to), step, NOW);
  }

  @ParameterizedTest
  @CsvSource({
    "PT10S,PT10S,TEN_SECONDS",
    "PT1H,PT10S,TEN_SECONDS",
    "PT1H1M,PT1M,MINUTE",
    "PT6H,PT1M,MINUTE",
    "PT9H,PT2M,MINUTE",
    "PT24H,PT3M,MINUTE",
    "PT24H10M,PT10M,TEN_MINUTES",
    "P3D,PT10M,TEN_MINUTES",
    "P7D,PT30M,TEN_MINUTES",
    "P60D,PT3H,TEN_MINUTES"
  })
  void usualStep_isTheShortestThatThereIsHistoryFor(Duration ago, Duration step, Tier tier) {
    SeriesRange range = ago(ago, Duration.ZERO, Optional.empty());

    assertThat(range.step()).isEqualTo(step);
    assertThat(range.tier()).isEqualTo(tier);
    assertThat(range.points()).isBetween(1, SeriesRange.MAX_POINTS);
  }

  @Test
  void range_isWidenedToWholeSteps() {
    SeriesRange range = ago(Duration.ofHours(1), Duration.ZERO, Optional.of(Duration.ofMinutes(1)));

    assertThat(range.from()).isEqualTo(Instant.parse("2026-01-02T02:04:00Z"));
    assertThat(range.to()).isEqualTo(Instant.parse("2026-01-02T03:05:00Z"));
    assertThat(range.points()).isEqualTo(61);
  }

  @ParameterizedTest
  @CsvSource({
    "PT1H,PT10S,TEN_SECONDS",
    "PT1H,PT70S,TEN_SECONDS",
    "PT1H,PT1M,MINUTE",
    "PT30M,PT20M,TEN_MINUTES",
    "PT1H,P1D,TEN_MINUTES",
    "PT20H,PT15M,MINUTE"
  })
  void stepAskedFor_isMadeOfTheCoarsestSlicesThatFit(Duration ago, Duration step, Tier tier) {
    assertThat(ago(ago, Duration.ZERO, Optional.of(step)).tier()).isEqualTo(tier);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PT1H|PT0S|PT0S|step|multiple of 10 seconds
          PT1H|PT0S|PT15S|step|multiple of 10 seconds
          PT1H|PT0S|PT0.5S|step|multiple of 10 seconds
          PT1H|PT0S|-PT10S|step|multiple of 10 seconds
          PT1H|PT0S|P2D|step|up to a day
          PT2H|PT1H|PT10S|step|multiple of 1 minute
          P2D|P1D|PT1M|step|multiple of 10 minutes
          PT20H|PT0S|PT2M|step|more than 500
          PT0S|-PT1H|PT10S|from|past
          PT1H|PT1H|PT10S|to|later than from
          PT1H|PT2H|PT10S|to|later than from
          """)
  void rangeThatMakesNoSense_isRefused(
      Duration from, Duration to, Duration step, String part, String reason) {
    assertThatExceptionOfType(SeriesRangeException.class)
        .isThrownBy(() -> ago(from, to, Optional.of(step)))
        .withMessageContaining(reason)
        .satisfies(e -> assertThat(e.part()).isEqualTo(part));
  }

  @Test
  void prehistory_isRefused() {
    assertThatExceptionOfType(SeriesRangeException.class)
        .isThrownBy(() -> SeriesRange.of(Instant.EPOCH, NOW, Optional.empty(), NOW))
        .withMessageContaining("7 days");
  }

  @Test
  void future_endsNow() {
    SeriesRange range =
        ago(Duration.ofMinutes(1), Duration.ofDays(-9), Optional.of(Duration.ofSeconds(10)));

    assertThat(range.to()).isEqualTo(Instant.parse("2026-01-02T03:04:10Z"));
  }
}
