package dev.sluice.application.operate;

import dev.sluice.domain.figures.Rates;
import dev.sluice.domain.figures.Slice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Figures over time, summed over nodes.
///
/// @param from when the first point begins
/// @param to when the last one ends
/// @param step how long a point is
/// @param points oldest first, without a gap; those of the last seconds, of which no node can have
///   told yet, are left out
public record Series(Instant from, Instant to, Duration step, List<Point> points) {

  public Series {
    points = List.copyOf(points);
  }

  /// What happened in one step.
  ///
  /// @param at when it begins
  /// @param rates per second on average over the step, or over its part until now; nothing when no
  ///   node told, or when it was not told apart from other types
  /// @param load nothing when no node told
  /// @param times how long things took
  public record Point(Instant at, Optional<Rates> rates, Optional<Load> load, Slice.Times times) {}

  /// How much there was to do.
  ///
  /// @param backlog most unfinished deliveries there were
  /// @param oldestWaiting longest time for which a delivery had been due
  public record Load(long backlog, Duration oldestWaiting) {}
}
