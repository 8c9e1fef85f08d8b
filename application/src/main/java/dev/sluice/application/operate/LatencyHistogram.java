package dev.sluice.application.operate;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/// Counts durations in buckets that grow with the duration, so that percentiles are right to about
/// 3 % from a microsecond to an hour in 8 KiB, whatever is recorded.
///
/// Log-linear buckets as in HdrHistogram: each doubling of the duration is cut into [#STEPS] equal
/// parts.
final class LatencyHistogram {

  private static final int STEP_BITS = 5;
  private static final int STEPS = 1 << STEP_BITS;
  private static final long LONGEST_MICROS = Duration.ofHours(1).toNanos() / 1_000;

  private final AtomicLongArray counts = new AtomicLongArray(bucketOf(LONGEST_MICROS) + 1);

  void record(Duration duration) {
    long micros = Math.clamp(duration.toNanos() / 1_000, 0L, LONGEST_MICROS);
    counts.incrementAndGet(bucketOf(micros));
  }

  /// Adds this histogram's counts to `sums`, an array of [#size].
  void addTo(long[] sums) {
    for (int bucket = 0; bucket < sums.length; bucket++) {
      sums[bucket] += counts.get(bucket);
    }
  }

  int size() {
    return counts.length();
  }

  void clear() {
    for (int bucket = 0; bucket < counts.length(); bucket++) {
      counts.set(bucket, 0);
    }
  }

  /// The duration that the given part (0 to 1) of all recorded ones does not exceed; zero when
  /// there are none.
  static Duration percentile(long[] sums, double part) {
    long total = 0;
    for (long sum : sums) {
      total += sum;
    }
    long wanted = Math.max(1, (long) Math.ceil(total * part));
    long seen = 0;
    for (int bucket = 0; bucket < sums.length && total > 0; bucket++) {
      seen += sums[bucket];
      if (seen >= wanted) {
        return Duration.ofNanos(upperMicros(bucket) * 1_000);
      }
    }
    return Duration.ZERO;
  }

  private static int bucketOf(long micros) {
    if (micros < STEPS) {
      return (int) micros;
    }
    int shift = 63 - Long.numberOfLeadingZeros(micros) - STEP_BITS;
    return ((shift + 1) << STEP_BITS) + (int) (micros >>> shift) - STEPS;
  }

  private static long upperMicros(int bucket) {
    if (bucket < STEPS) {
      return bucket;
    }
    int shift = (bucket >>> STEP_BITS) - 1;
    long step = (bucket & (STEPS - 1)) + (long) STEPS;
    return ((step + 1) << shift) - 1;
  }
}
