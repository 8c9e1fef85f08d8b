package dev.sluice.application.operate;

import dev.sluice.domain.figures.Breakdown;
import dev.sluice.domain.figures.Slice;
import dev.sluice.domain.figures.Totals;

/// The counters at one time. The difference of two snapshots is what happened in between.
///
/// @param totals over all types
/// @param byType by event type
/// @param bySubscription by subscription
/// @param times latencies, in coarse buckets
record CounterSnapshot(
    Totals totals, Breakdown byType, Breakdown bySubscription, Slice.Times times) {

  /// The counters when a node starts.
  static final CounterSnapshot START =
      new CounterSnapshot(Totals.NONE, Breakdown.NONE, Breakdown.NONE, Slice.Times.NONE);

  CounterSnapshot since(CounterSnapshot earlier) {
    return new CounterSnapshot(
        totals.since(earlier.totals),
        byType.since(earlier.byType),
        bySubscription.since(earlier.bySubscription),
        times.since(earlier.times));
  }
}
