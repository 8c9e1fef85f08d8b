package dev.sluice.application.operate;

import dev.sluice.domain.figures.Breakdown;
import dev.sluice.domain.figures.Rates;
import dev.sluice.domain.figures.Slice;
import dev.sluice.domain.figures.Totals;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Adds up the slices of one point. Used by one thread.
final class PointSum {

  private final Instant at;
  private Totals totals = Totals.NONE;
  private Slice.Times times = Slice.Times.NONE;
  private Instant until = Instant.MIN;
  private long backlog = Slice.UNKNOWN;
  private Duration oldestWaiting = Duration.ZERO;
  private boolean isUnknown;
  private boolean isAmongOthers;

  PointSum(Instant at) {
    this.at = at;
  }

  /// Adds the part of a slice that a series is about.
  void add(Slice slice, SeriesScope scope) {
    switch (scope) {
      case SeriesScope.All() -> addAll(slice);
      case SeriesScope.OfType(String name) -> add(slice, Optional.of(slice.byType()), name);
      case SeriesScope.OfSubscription(SubscriptionName name) ->
          add(slice, slice.bySubscription(), name.value());
    }
  }

  private void addAll(Slice slice) {
    addTotals(slice, slice.totals());
    times = times.plus(slice.latencies());
    backlog = Math.max(backlog, slice.backlog());
    if (slice.oldestWaiting().compareTo(oldestWaiting) > 0) {
      oldestWaiting = slice.oldestWaiting();
    }
  }

  /// Adds the share of one name. A slice lists only its busiest names, so a name that is not listed
  /// may be part of the rest.
  private void add(Slice slice, Optional<Breakdown> breakdown, String name) {
    var known = breakdown.orElse(Breakdown.NONE).totals();
    isUnknown |= breakdown.isEmpty();
    isAmongOthers |= !known.containsKey(name) && known.containsKey(Breakdown.OTHER);
    addTotals(slice, known.getOrDefault(name, Totals.NONE));
  }

  private void addTotals(Slice slice, Totals more) {
    totals = totals.plus(more);
    until = slice.until().isAfter(until) ? slice.until() : until;
  }

  /// Whether the name may have been counted together with others.
  boolean isAmongOthers() {
    return isAmongOthers;
  }

  /// Whether no slice was added.
  boolean isEmpty() {
    return until.equals(Instant.MIN);
  }

  Instant at() {
    return at;
  }

  /// The sum. A step that is not over counts up to its last report.
  Series.Point point(Duration step, Instant now) {
    if (isEmpty()) {
      return new Series.Point(at, Optional.empty(), Optional.empty(), times);
    }
    Duration elapsed = at.plus(step).isAfter(now) ? Duration.between(at, until) : step;
    return new Series.Point(
        at,
        isUnknown || isAmongOthers
            ? Optional.empty()
            : Optional.of(Rates.over("step", elapsed, totals)),
        backlog == Slice.UNKNOWN
            ? Optional.empty()
            : Optional.of(new Series.Load(backlog, oldestWaiting)),
        times);
  }
}
