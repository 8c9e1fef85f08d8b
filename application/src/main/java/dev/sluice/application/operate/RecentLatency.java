package dev.sluice.application.operate;

import dev.sluice.domain.figures.LatencyHistogram;
import java.time.Duration;

/// Latencies of the last one to two minutes: all counts so far, minus those when the last minute
/// began. Recording costs one count, whatever periods are read.
final class RecentLatency {

  private final LatencyRecorder all = new LatencyRecorder();
  private volatile LatencyHistogram beforeThisMinute = LatencyHistogram.NONE;
  private volatile LatencyHistogram beforeLastMinute = LatencyHistogram.NONE;

  void record(Duration duration) {
    all.record(duration);
  }

  /// Drops the older minute and begins a new one.
  void nextMinute() {
    beforeLastMinute = beforeThisMinute;
    beforeThisMinute = all.counts();
  }

  LatencyHistogram recent() {
    LatencyHistogram before = beforeLastMinute;
    return all.counts().since(before);
  }

  /// All latencies recorded so far.
  LatencyHistogram sinceTheStart() {
    return all.counts();
  }
}
