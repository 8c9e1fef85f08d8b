package dev.sluice.application.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The limits of the scale.
final class LatencyRecorderTest {

  private static final long HOUR_MICROS = Duration.ofHours(1).toSeconds() * 1_000_000;

  private static long percentileMicros(List<Long> recorded, double part) {
    var histogram = new LatencyRecorder();
    recorded.forEach(micros -> histogram.record(Duration.ofNanos(micros * 1_000)));
    return histogram.counts().percentile(part).toNanos() / 1_000;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 31, 32, 33, 63})
  void smallDurations_areExact(long micros) {
    assertThat(percentileMicros(List.of(micros), 0.5)).isEqualTo(micros);
  }

  @Test
  void longerThanAnHour_countsAsAnHour() {
    assertThat(percentileMicros(List.of(HOUR_MICROS * 5), 0.5))
        .isBetween(HOUR_MICROS, HOUR_MICROS + HOUR_MICROS / 32);
  }

  @Test
  void negativeDuration_countsAsZero() {
    assertThat(percentileMicros(List.of(-5L, -7L), 0.99)).isZero();
  }

  @Test
  void nothingRecorded_isZero() {
    assertThat(percentileMicros(List.of(), 0.99)).isZero();
  }
}
