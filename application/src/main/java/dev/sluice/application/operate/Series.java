package dev.sluice.application.operate;

import dev.sluice.domain.figures.Rates;
import dev.sluice.domain.figures.Slice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Figures over time, summed over nodes.
///
/// @param from start of the first point
/// @param to end of the last point
/// @param step length of a point
/// @param points oldest first, without gaps; points of the last seconds, which no node can have
///   reported yet, are left out
/// @param isAmongOthers whether a node counted the type or subscription together with others, or
///   may have, in a step of this series; the rates of that step are empty
public record Series(
    Instant from, Instant to, Duration step, List<Point> points, boolean isAmongOthers) {

  public Series {
    points = List.copyOf(points);
  }

  /// What happened in one step.
  ///
  /// @param at its start
  /// @param rates average rates per second over the step, or over its part until now; empty when no
  ///   node reported, and when a slice does not tell the type or subscription apart
  /// @param load empty when no node reported
  /// @param times latencies
  public record Point(Instant at, Optional<Rates> rates, Optional<Load> load, Slice.Times times) {}

  /// The load in one step.
  ///
  /// @param backlog maximum number of unfinished deliveries
  /// @param oldestWaiting longest time for which a delivery had been due
  public record Load(long backlog, Duration oldestWaiting) {}
}
