package dev.sluice.application.operate;

import dev.sluice.domain.figures.Latencies;
import java.time.Duration;

/// Latency of the last one to two minutes: all there ever was, less what there was when the last
/// minute began. So recording costs one count, whoever wants to know for whatever time.
final class RecentLatency {

  private final LatencyHistogram all = new LatencyHistogram();
  private volatile Latencies beforeThisMinute = Latencies.NONE;
  private volatile Latencies beforeLastMinute = Latencies.NONE;

  void record(Duration duration) {
    all.record(duration);
  }

  /// Forgets the older minute and begins a new one.
  void nextMinute() {
    beforeLastMinute = beforeThisMinute;
    beforeThisMinute = all.counts();
  }

  Latencies recent() {
    Latencies before = beforeLastMinute;
    return all.counts().since(before);
  }

  /// All that was recorded so far.
  Latencies sinceTheStart() {
    return all.counts();
  }
}
