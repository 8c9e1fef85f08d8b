package dev.sluice.domain.figures;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// A histogram of durations: counts in buckets that grow with the duration, without empty buckets.
/// Unlike percentiles, histograms can be added up.
///
/// Log-linear buckets as in HdrHistogram: each doubling of the duration, from a microsecond to an
/// hour, is cut into 32 equal parts, so that percentiles are accurate to about 3 %.
///
/// @param counts count by bucket; without zeros
public record LatencyHistogram(SortedMap<Integer, Long> counts) {

  /// Nothing was measured.
  public static final LatencyHistogram NONE = new LatencyHistogram(new TreeMap<>());

  private static final int STEP_BITS = 5;
  private static final int STEPS = 1 << STEP_BITS;

  /// Two bits less of a bucket's number leave 8 buckets per doubling.
  private static final int COARSE_MASK = 3;

  private static final long LONGEST_MICROS = Duration.ofHours(1).toNanos() / 1_000;

  /// Number of buckets; the first is bucket 0.
  public static final int BUCKETS = bucketOf(LONGEST_MICROS) + 1;

  /// @throws IllegalArgumentException when there is no such bucket, or a count is not positive
  public LatencyHistogram {
    for (Map.Entry<Integer, Long> count : counts.entrySet()) {
      if (count.getKey() < 0 || count.getKey() >= BUCKETS || count.getValue() < 1) {
        throw new IllegalArgumentException("no such bucket or count: " + count);
      }
    }
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
  }

  /// Returns the bucket for a duration; negative ones count as zero, and those longer than an hour
  /// as an hour.
  public static int bucketOf(Duration duration) {
    return bucketOf(Math.clamp(duration.toNanos() / 1_000, 0L, LONGEST_MICROS));
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

  /// Returns the histogram of an array with a count for every bucket; negative counts count as
  /// zero.
  public static LatencyHistogram of(long[] counts) {
    var some = new TreeMap<Integer, Long>();
    for (int bucket = 0; bucket < counts.length; bucket++) {
      if (counts[bucket] > 0) {
        some.put(bucket, counts[bucket]);
      }
    }
    return some.isEmpty() ? NONE : new LatencyHistogram(some);
  }

  /// Returns whether nothing was measured.
  public boolean isEmpty() {
    return counts.isEmpty();
  }

  /// Returns the sum of both.
  public LatencyHistogram plus(LatencyHistogram other) {
    if (isEmpty() || other.isEmpty()) {
      return isEmpty() ? other : this;
    }
    var sum = new TreeMap<>(counts);
    other.counts.forEach((bucket, count) -> sum.merge(bucket, count, Long::sum));
    return new LatencyHistogram(sum);
  }

  /// Returns what was measured since `earlier`, which must be an earlier state of this histogram.
  public LatencyHistogram since(LatencyHistogram earlier) {
    var rest = new TreeMap<>(counts);
    earlier.counts.forEach(
        (bucket, count) ->
            rest.computeIfPresent(bucket, (_, now) -> now > count ? now - count : null));
    return new LatencyHistogram(rest);
  }

  /// Returns this histogram with a quarter of the buckets, to keep it small: 8 per doubling,
  /// accurate to about 12 %.
  public LatencyHistogram coarser() {
    var few = new TreeMap<Integer, Long>();
    counts.forEach((bucket, count) -> few.merge(lastOfGroup(bucket), count, Long::sum));
    return new LatencyHistogram(few);
  }

  /// Returns the last of the buckets that are merged with this one, so that a percentile is never
  /// below the exact one. Below 32 µs, where buckets are a microsecond wide, fewer are merged.
  private static int lastOfGroup(int bucket) {
    if (bucket < STEPS / 2) {
      return bucket;
    }
    return Math.min(BUCKETS - 1, bucket | (bucket < STEPS ? COARSE_MASK >>> 1 : COARSE_MASK));
  }

  /// Returns the percentiles 50, 95 and 99; all zero when nothing was measured.
  public Percentiles percentiles() {
    return new Percentiles(percentile(0.5), percentile(0.95), percentile(0.99));
  }

  /// Returns the duration that the given fraction (0 to 1) of all measured ones does not exceed;
  /// zero when there are none.
  public Duration percentile(double part) {
    long total = counts.values().stream().mapToLong(Long::longValue).sum();
    long wanted = Math.max(1, (long) Math.ceil(total * part));
    long seen = 0;
    for (Map.Entry<Integer, Long> count : counts.entrySet()) {
      seen += count.getValue();
      if (seen >= wanted) {
        return Duration.ofNanos(upperMicros(count.getKey()) * 1_000);
      }
    }
    return Duration.ZERO;
  }
}
