package dev.sluice.application.operate;

import java.time.Duration;

/// Latency of the last one to two minutes: two histograms that take turns, one minute each.
final class RecentLatency {

  private final LatencyHistogram even = new LatencyHistogram();
  private final LatencyHistogram odd = new LatencyHistogram();
  private volatile LatencyHistogram current = even;

  void record(Duration duration) {
    current.record(duration);
  }

  /// Forgets the older minute and begins a new one.
  void nextMinute() {
    LatencyHistogram next = current == even ? odd : even;
    next.clear();
    current = next;
  }

  Percentiles percentiles() {
    long[] sums = new long[even.size()];
    even.addTo(sums);
    odd.addTo(sums);
    return new Percentiles(
        LatencyHistogram.percentile(sums, 0.5),
        LatencyHistogram.percentile(sums, 0.95),
        LatencyHistogram.percentile(sums, 0.99));
  }
}
