package dev.sluice.admin.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Throughput, backlog and latency over time, oldest point first.
///
/// @param amongOthers whether a node counted the subscription together with others, or may have, so
///   that points are unknown; null unless the series is about one subscription
public record Series(
    Instant from, Instant to, long stepSeconds, @Nullable Boolean amongOthers, List<Point> points) {

  public Series {
    Required.members("series", from, to, points);
  }

  /// Whether a node counted the subscription together with others, or may have.
  public boolean isAmongOthers() {
    return Boolean.TRUE.equals(amongOthers);
  }

  /// The values of one step; null where no node reported any.
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
