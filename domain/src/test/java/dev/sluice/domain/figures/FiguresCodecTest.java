package dev.sluice.domain.figures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.delivery.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// This version reads what it wrote, and what other versions wrote.
final class FiguresCodecTest {

  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678901234Z");
  private static final Totals TOTALS = new Totals(Long.MAX_VALUE, 0, 36, 1);
  private static final Slice.Key KEY =
      new Slice.Key(Tier.MINUTE, Instant.parse("2026-01-02T03:04:00Z"), new WorkerId("a"));

  private static final NodeFigures FIGURES =
      new NodeFigures(
          TIME,
          TOTALS,
          breakdown("order.paid", " spaces: 'and' \"quotes\" \\ größe 😀", "other"),
          breakdown("default"),
          List.of(new Rates("10s", 1.0 / 3, 0, 1e-7, 1e12), new Rates("5m", 0, 0, 0, 0)),
          latencies(0, 31, 32, LatencyHistogram.BUCKETS - 1),
          latencies(100),
          LatencyHistogram.NONE);

  private static final Slice SLICE =
      new Slice(
          KEY,
          TIME,
          TOTALS,
          breakdown("t"),
          Optional.of(breakdown("billing", "other")),
          Slice.UNKNOWN,
          Duration.ofMillis(1_234),
          new Slice.Times(latencies(3, 7), LatencyHistogram.NONE, latencies(99)));

  private static Breakdown breakdown(String... names) {
    var totals = new TreeMap<String, Totals>();
    for (String name : names) {
      totals.put(name, new Totals(name.length(), 1, 2, 3));
    }
    return new Breakdown(totals);
  }

  private static LatencyHistogram latencies(int... buckets) {
    var counts = new TreeMap<Integer, Long>();
    for (int bucket : buckets) {
      counts.put(bucket, 1_000_000L + bucket);
    }
    return new LatencyHistogram(counts);
  }

  @Test
  void figuresOfANode_areReadAsTheyWere() {
    assertThat(FiguresCodec.decodeFigures(FiguresCodec.encode(FIGURES))).contains(FIGURES);
  }

  @Test
  void slice_isReadAsItWas() {
    assertThat(FiguresCodec.decodeSlice(KEY, FiguresCodec.encode(SLICE))).contains(SLICE);
  }

  private static Slice idle(Optional<Breakdown> bySubscription) {
    return new Slice(
        KEY, TIME, Totals.NONE, Breakdown.NONE, bySubscription, 0, Duration.ZERO, Slice.Times.NONE);
  }

  @Test
  void sliceOfAnEarlierVersion_isNotCountedBySubscription() {
    String text = "1\nuntil\t" + TIME + "\nbacklog\t0\noldest\t0\n";

    assertThat(FiguresCodec.decodeSlice(KEY, text)).contains(idle(Optional.empty()));
    assertThat(FiguresCodec.encode(idle(Optional.empty()))).isEqualTo(text);
  }

  @Test
  void idleSlice_isShort() {
    Slice idle = idle(Optional.of(Breakdown.NONE));

    assertThat(FiguresCodec.encode(idle)).hasSizeLessThan(95);
    assertThat(FiguresCodec.decodeSlice(KEY, FiguresCodec.encode(idle))).contains(idle);
  }

  @Test
  void largestSlice_isAsLongAsPromised() {
    Breakdown types = longest(Slice.MAX_TYPES, 255);
    Breakdown subscriptions = longest(Slice.MAX_SUBSCRIPTIONS, 64);
    long[] every = new long[LatencyHistogram.BUCKETS];
    Arrays.fill(every, 1_000);
    LatencyHistogram all = LatencyHistogram.of(every).coarser();
    var slice =
        new Slice(
            KEY,
            TIME,
            TOTALS,
            types,
            Optional.of(subscriptions),
            1,
            Duration.ZERO,
            new Slice.Times(all, all, all));

    assertThat(FiguresCodec.encode(slice)).hasSizeLessThan(35_000);
  }

  private static Breakdown longest(int names, int length) {
    var totals = new TreeMap<String, Totals>();
    for (int name = 0; name <= names; name++) {
      totals.put("x".repeat(length - 3) + (100 + name), new Totals(1_000_000, 1_000_000, 10, 10));
    }
    return new Breakdown(totals);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "2\n", "2\nsince\t2026-01-02T03:04:05Z\n", "x", "{}", "\n\n"})
  void formThatIsNotKnown_givesNothing(String text) {
    assertThat(FiguresCodec.decodeFigures(text)).isEmpty();
    assertThat(FiguresCodec.decodeSlice(KEY, text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1\nsince\tyesterday\n",
        "1\nsince\n",
        "1\nsince\t2026-01-02T03:04:05Z\nall\t\t1\n",
        "1\nsince\t2026-01-02T03:04:05Z\naccept\t1\n",
        "1\nsince\t2026-01-02T03:04:05Z\naccept\tzzzzz:1\n",
        "1\nsince\t2026-01-02T03:04:05Z\naccept\t1:-1\n",
        "1\nsince\t2026-01-02T03:04:05Z\nrate\t10s\tmany\n"
      })
  void brokenLine_givesNothing(String text) {
    assertThat(FiguresCodec.decodeFigures(text)).isEmpty();
  }

  @Test
  void lineThatIsNotKnown_isLeftOut() {
    String more = FiguresCodec.encode(FIGURES) + "weather\tfine\t3\n\n";

    assertThat(FiguresCodec.decodeFigures(more)).contains(FIGURES);
  }

  @Test
  void linesThatAreMissing_standForNothing() {
    assertThat(FiguresCodec.decodeFigures("1\nsince\t" + TIME + "\n"))
        .contains(
            new NodeFigures(
                TIME,
                Totals.NONE,
                Breakdown.NONE,
                new Breakdown(new TreeMap<>(Map.of())),
                List.of(),
                LatencyHistogram.NONE,
                LatencyHistogram.NONE,
                LatencyHistogram.NONE));
  }
}
