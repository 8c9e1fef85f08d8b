package dev.sluice.application.operate;

import dev.sluice.domain.figures.Latencies;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/// Counts durations in the buckets of [Latencies], from many threads, in 8 KiB whatever is
/// recorded. Counts only grow; what happened within a period is the difference between two of them.
final class LatencyHistogram {

  private final AtomicLongArray counts = new AtomicLongArray(Latencies.BUCKETS);

  void record(Duration duration) {
    counts.incrementAndGet(Latencies.bucketOf(duration));
  }

  /// The counts so far.
  Latencies counts() {
    long[] now = new long[Latencies.BUCKETS];
    for (int bucket = 0; bucket < now.length; bucket++) {
      now[bucket] = counts.get(bucket);
    }
    return Latencies.of(now);
  }
}
