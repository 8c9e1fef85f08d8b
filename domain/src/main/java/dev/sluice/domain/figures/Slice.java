package dev.sluice.domain.figures;

import dev.sluice.domain.delivery.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What a node did within a slice of time.
///
/// @param key identifies the slice
/// @param until end of the time that it covers; before the slice's end while the slice is not over
/// @param totals over all types
/// @param byType by event type: the busiest [#MAX_TYPES], the others summed up
/// @param bySubscription by subscription, for those with any activity: the busiest
///   [#MAX_SUBSCRIPTIONS], the others summed up. An accepted event counts for each subscription
///   that gets it. Empty when a version wrote the slice that did not count by subscription
/// @param backlog largest number of unfinished deliveries, over all nodes; [#UNKNOWN] when it could
///   not be read
/// @param oldestWaiting longest time for which a delivery had been due, over all nodes; zero when
///   none waited or it could not be read
/// @param latencies how long things took
public record Slice(
    Key key,
    Instant until,
    Totals totals,
    Breakdown byType,
    Optional<Breakdown> bySubscription,
    long backlog,
    Duration oldestWaiting,
    Times latencies) {

  /// Maximum number of types in a slice.
  public static final int MAX_TYPES = 20;

  /// Maximum number of subscriptions in a slice: as many as a node counts separately.
  public static final int MAX_SUBSCRIPTIONS = NodeFigures.MAX_NAMES;

  /// Stands for a backlog that could not be read.
  public static final long UNKNOWN = -1;

  /// Identifies a slice.
  ///
  /// @param tier determines the length of the slice
  /// @param start when the slice begins
  /// @param node the node that it is about
  public record Key(Tier tier, Instant start, WorkerId node) {}

  /// How long things took, in coarse buckets ([LatencyHistogram#coarser]).
  ///
  /// @param accept time from reading a request to responding to it
  /// @param handler how long handlers ran
  /// @param acceptToDone time from receiving an event to completing it
  public record Times(
      LatencyHistogram accept, LatencyHistogram handler, LatencyHistogram acceptToDone) {

    /// Nothing was measured.
    public static final Times NONE =
        new Times(LatencyHistogram.NONE, LatencyHistogram.NONE, LatencyHistogram.NONE);

    /// Returns the sum of both.
    public Times plus(Times other) {
      return new Times(
          accept.plus(other.accept),
          handler.plus(other.handler),
          acceptToDone.plus(other.acceptToDone));
    }

    /// Returns what was measured since `earlier`, which must be an earlier state of these times.
    public Times since(Times earlier) {
      return new Times(
          accept.since(earlier.accept),
          handler.since(earlier.handler),
          acceptToDone.since(earlier.acceptToDone));
    }
  }
}
