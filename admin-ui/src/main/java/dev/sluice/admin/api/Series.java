package dev.sluice.admin.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Figures over time, oldest first.
public record Series(Instant from, Instant to, long stepSeconds, List<Point> points) {

  /// Checks that all is there.
  public Series {
    Required.members("series", from, to, points);
  }

  /// What happened in one step; null where no node told of that time.
  public record Point(
      Instant at,
      @Nullable Double accepted,
      @Nullable Double completed,
      @Nullable Double failed,
      @Nullable Double retried,
      @Nullable Long backlog,
      @Nullable Double oldestWaitingSeconds,
      Stats.@Nullable Percentiles acceptTime,
      Stats.@Nullable Percentiles handlerTime,
      Stats.@Nullable Percentiles acceptToDone) {}
}
