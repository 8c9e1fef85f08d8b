package dev.sluice.application.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Percentiles are at most one bucket, a 32nd or about 3 %, above the exact ones and never below.
final class LatencyRecorderPropertiesTest {

  /// A little less than the logarithm of an hour in microseconds.
  private static final double LOG_HOUR_MICROS = 22.0;

  private static long percentileMicros(List<Long> recorded, int percent) {
    var histogram = new LatencyRecorder();
    recorded.forEach(micros -> histogram.record(Duration.ofNanos(micros * 1_000)));
    return histogram.counts().percentile(percent / 100.0).toNanos() / 1_000;
  }

  /// The nearest-rank percentile, by sorting.
  private static long exact(List<Long> recorded, int percent) {
    int rank = Math.max(1, (recorded.size() * percent + 99) / 100);
    return recorded.stream().sorted().skip(rank - 1).findFirst().orElseThrow();
  }

  /// From nothing to an hour, each order of magnitude as likely as any other.
  @Provide
  Arbitrary<List<Long>> durations() {
    return Arbitraries.doubles()
        .between(0, LOG_HOUR_MICROS)
        .map(logarithm -> Math.round(Math.exp(logarithm)) - 1)
        .list()
        .ofMinSize(1)
        .ofMaxSize(300);
  }

  @Provide
  Arbitrary<Integer> percents() {
    return Arbitraries.of(50, 95, 99, 100);
  }

  @Property
  void percentile_isWithinThreePercentAboveTheExactOne(
      @ForAll("durations") List<Long> recorded, @ForAll("percents") int percent) {
    long exact = exact(recorded, percent);

    assertThat(percentileMicros(recorded, percent)).isBetween(exact, exact + exact / 32);
  }
}
