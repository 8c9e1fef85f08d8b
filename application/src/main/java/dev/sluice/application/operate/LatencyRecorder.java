package dev.sluice.application.operate;

import dev.sluice.domain.figures.LatencyHistogram;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/// Counts durations in the buckets of [LatencyHistogram], from many threads, in 8 KiB whatever is
/// recorded. Counts only grow; what happened within a period is the difference between two of them.
final class LatencyRecorder {

  private final AtomicLongArray counts = new AtomicLongArray(LatencyHistogram.BUCKETS);

  void record(Duration duration) {
    counts.incrementAndGet(LatencyHistogram.bucketOf(duration));
  }

  /// The counts so far.
  LatencyHistogram counts() {
    long[] now = new long[LatencyHistogram.BUCKETS];
    for (int bucket = 0; bucket < now.length; bucket++) {
      now[bucket] = counts.get(bucket);
    }
    return LatencyHistogram.of(now);
  }
}
