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
public record Series(Instant from, Instant to, Duration step, List<Point> points) {

  public Series {
    points = List.copyOf(points);
  }

  /// What happened in one step.
  ///
  /// @param at its start
  /// @param rates average rates per second over the step, or over its part until now; empty when no
  ///   node reported, or when the type was not listed separately
  /// @param load empty when no node reported
  /// @param times latencies
  public record Point(Instant at, Optional<Rates> rates, Optional<Load> load, Slice.Times times) {}

  /// The load in one step.
  ///
  /// @param backlog maximum number of unfinished deliveries
  /// @param oldestWaiting longest time for which a delivery had been due
  public record Load(long backlog, Duration oldestWaiting) {}
}
