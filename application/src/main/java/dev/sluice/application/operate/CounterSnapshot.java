package dev.sluice.application.operate;

import dev.sluice.domain.figures.Breakdown;
import dev.sluice.domain.figures.Slice;
import dev.sluice.domain.figures.Totals;

/// Where the counters stood at some time. What happened in between is the difference of two.
///
/// @param totals over all types
/// @param byType by event type
/// @param times how long things took, in coarse buckets
record CounterSnapshot(Totals totals, Breakdown byType, Slice.Times times) {

  /// Where they stand when a node starts.
  static final CounterSnapshot START =
      new CounterSnapshot(Totals.NONE, Breakdown.NONE, Slice.Times.NONE);

  CounterSnapshot since(CounterSnapshot earlier) {
    return new CounterSnapshot(
        totals.since(earlier.totals), byType.since(earlier.byType), times.since(earlier.times));
  }
}
