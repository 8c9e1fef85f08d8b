package dev.sluice.application.operate;

import dev.sluice.domain.figures.Latencies;
import java.time.Duration;

/// Latencies of the last one to two minutes: all counts so far, minus those when the last minute
/// began. Recording costs one count, whatever periods are read.
final class RecentLatency {

  private final LatencyHistogram all = new LatencyHistogram();
  private volatile Latencies beforeThisMinute = Latencies.NONE;
  private volatile Latencies beforeLastMinute = Latencies.NONE;

  void record(Duration duration) {
    all.record(duration);
  }

  /// Drops the older minute and begins a new one.
  void nextMinute() {
    beforeLastMinute = beforeThisMinute;
    beforeThisMinute = all.counts();
  }

  Latencies recent() {
    Latencies before = beforeLastMinute;
    return all.counts().since(before);
  }

  /// All latencies recorded so far.
  Latencies sinceTheStart() {
    return all.counts();
  }
}
