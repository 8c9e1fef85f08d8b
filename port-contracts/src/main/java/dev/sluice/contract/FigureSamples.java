package dev.sluice.contract;

import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.figures.Breakdown;
import dev.sluice.domain.figures.LatencyHistogram;
import dev.sluice.domain.figures.NodeFigures;
import dev.sluice.domain.figures.Rates;
import dev.sluice.domain.figures.Slice;
import dev.sluice.domain.figures.Tier;
import dev.sluice.domain.figures.Totals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Figures with a value in every component.
public final class FigureSamples {

  private FigureSamples() {}

  /// Returns the figures of a node.
  ///
  /// @param accepted events that it accepted
  public static NodeFigures ofNode(long accepted) {
    var totals = new Totals(accepted, 2, 3, 4);
    return new NodeFigures(
        SettableClock.START,
        totals,
        breakdown(Map.of("order.paid", totals, "größe 😀 '\"\\", new Totals(1, 0, 0, 0))),
        breakdown(Map.of("default", totals)),
        List.of(new Rates("10s", 0.1, 2, 1.0 / 3, 0), new Rates("1m", 1e9, 0, 0, 0)),
        latencies(1, 2, 3_000),
        latencies(0, 3_600_000_000L),
        LatencyHistogram.NONE);
  }

  /// Returns a slice of a node's history with this number of accepted events.
  public static Slice slice(Tier tier, Instant start, String node, long accepted) {
    var totals = new Totals(accepted, 1, 0, 2);
    return slice(tier, start, node, totals, Optional.of(breakdown(Map.of("default", totals))));
  }

  /// Returns a slice of a node's history.
  ///
  /// @param totals what happened, all of it with one type
  /// @param bySubscription the same by subscription
  public static Slice slice(
      Tier tier, Instant start, String node, Totals totals, Optional<Breakdown> bySubscription) {
    return new Slice(
        new Slice.Key(tier, start, new WorkerId(node)),
        start.plusSeconds(7),
        totals,
        breakdown(Map.of("order.paid", totals)),
        bySubscription,
        17,
        Duration.ofMillis(1_500),
        new Slice.Times(latencies(100, 200), latencies(300), LatencyHistogram.NONE));
  }

  /// Returns totals by name.
  public static Breakdown breakdown(Map<String, Totals> totals) {
    return new Breakdown(new TreeMap<>(totals));
  }

  /// Returns latencies in which each of these durations was measured once.
  public static LatencyHistogram latencies(long... micros) {
    long[] counts = new long[LatencyHistogram.BUCKETS];
    for (long one : micros) {
      counts[LatencyHistogram.bucketOf(Duration.ofNanos(one * 1_000))]++;
    }
    return LatencyHistogram.of(counts);
  }
}
