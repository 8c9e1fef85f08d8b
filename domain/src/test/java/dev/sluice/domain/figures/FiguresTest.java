package dev.sluice.domain.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How figures add up.
final class FiguresTest {

  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

  private static LatencyHistogram measured(LongStream micros) {
    long[] counts = new long[LatencyHistogram.BUCKETS];
    micros.forEach(one -> counts[LatencyHistogram.bucketOf(Duration.ofNanos(one * 1_000))]++);
    return LatencyHistogram.of(counts);
  }

  private static Breakdown breakdown(Map<String, Totals> totals) {
    return new Breakdown(new TreeMap<>(totals));
  }

  private static Totals accepted(long count) {
    return new Totals(count, 0, 0, 0);
  }

  private static NodeFigures node(
      Instant since, LatencyHistogram latencyHistogram, Rates... rates) {
    return new NodeFigures(
        since,
        accepted(1),
        breakdown(Map.of("a", accepted(1))),
        Breakdown.NONE,
        List.of(rates),
        latencyHistogram,
        LatencyHistogram.NONE,
        LatencyHistogram.NONE);
  }

  /// The average of both nodes' p99 would be half of the slow one's.
  @Test
  void percentilesOfTwoNodes_areThoseOfAllThatBothMeasured() {
    LatencyHistogram quick = measured(LongStream.generate(() -> 100).limit(990));
    LatencyHistogram slow = measured(LongStream.generate(() -> 50_000).limit(10));

    Percentiles both = node(TIME, quick).plus(node(TIME, slow)).acceptTime().percentiles();

    assertThat(both.p50()).isEqualTo(quick.percentiles().p50());
    assertThat(both.p99()).isEqualTo(quick.percentiles().p50());
    assertThat(quick.plus(slow).percentile(0.995)).isEqualTo(slow.percentiles().p50());
  }

  @Test
  void sumOfNodes_countsSinceTheOldestAndAddsRatesOfTheSameWindow() {
    NodeFigures one = node(TIME, LatencyHistogram.NONE, new Rates("10s", 1, 2, 3, 4));
    NodeFigures other =
        node(
            TIME.minusSeconds(9),
            LatencyHistogram.NONE,
            new Rates("1m", 9, 9, 9, 9),
            new Rates("10s", 10, 20, 30, 40));

    NodeFigures sum = one.plus(other);

    assertThat(sum.since()).isEqualTo(TIME.minusSeconds(9));
    assertThat(sum.totals()).isEqualTo(accepted(2));
    assertThat(sum.byType().totals()).containsExactly(Map.entry("a", accepted(2)));
    assertThat(sum.rates()).containsExactly(new Rates("10s", 11, 22, 33, 44));
  }

  @Test
  void difference_isWhatHappenedInBetween() {
    LatencyHistogram before = measured(LongStream.of(1, 5, 5, 900));
    LatencyHistogram after = before.plus(measured(LongStream.of(5, 70)));

    assertThat(after.since(before)).isEqualTo(measured(LongStream.of(5, 70)));
    assertThat(before.since(before)).isEqualTo(LatencyHistogram.NONE);
  }

  @ParameterizedTest
  @CsvSource({"0", "7", "15", "16", "17", "31", "32", "33", "100", "4321", "999999", "3600000000"})
  void coarserBucket_isAtMostAnEighthAboveAndNeverBelow(long micros) {
    LatencyHistogram coarse = measured(LongStream.of(micros)).coarser();

    assertThat(coarse.percentile(0.5).toNanos() / 1_000)
        .isBetween(micros, micros + Math.max(micros < 16 ? 0 : 1, micros / 8));
  }

  @Test
  void coarserBuckets_areEightPerDoubling() {
    LatencyHistogram all = measured(LongStream.range(1_024, 2_048));

    assertThat(all.counts()).hasSize(32);
    assertThat(all.coarser().counts()).hasSize(8);
    assertThat(all.coarser().coarser()).isEqualTo(all.coarser());
  }

  @Test
  void bucketsThatAreNot_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new LatencyHistogram(new TreeMap<>(Map.of(LatencyHistogram.BUCKETS, 1L))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LatencyHistogram(new TreeMap<>(Map.of(1, 0L))));
  }

  @Test
  void busiest_keepsTheVolumeAndNamesTheRestOther() {
    Breakdown all =
        breakdown(
            Map.of("a", accepted(1), "b", accepted(9), "c", accepted(5), "other", accepted(2)));

    assertThat(all.busiest(2).totals())
        .isEqualTo(Map.of("b", accepted(9), "c", accepted(5), "other", accepted(3)));
    assertThat(all.busiest(4)).isEqualTo(all);
  }

  @Test
  void namesOfWhichNothingHappened_areNotInADifference() {
    Breakdown before = breakdown(Map.of("a", accepted(1), "b", accepted(2)));
    Breakdown after = breakdown(Map.of("a", accepted(1), "b", accepted(5), "c", accepted(1)));

    assertThat(after.since(before))
        .isEqualTo(breakdown(Map.of("b", accepted(3), "c", accepted(1))));
  }

  @ParameterizedTest
  @CsvSource({
    "TEN_SECONDS,2026-01-02T03:04:00Z",
    "MINUTE,2026-01-02T03:04:00Z",
    "TEN_MINUTES,2026-01-02T03:00:00Z"
  })
  void slices_beginAtTheSameTimesEverywhere(Tier tier, Instant start) {
    assertThat(tier.startOf(TIME)).isEqualTo(start);
    assertThat(tier.startOf(start)).isEqualTo(start);
    assertThat(tier.startOf(start.minusNanos(1))).isEqualTo(start.minus(tier.length()));
  }

  @ParameterizedTest
  @CsvSource({"TEN_SECONDS,390", "MINUTE,1560", "TEN_MINUTES,1092"})
  void tier_hasAsManySlicesAsPromised(Tier tier, long most) {
    assertThat(Duration.between(tier.horizon(TIME), TIME).dividedBy(tier.length())).isEqualTo(most);
  }
}
