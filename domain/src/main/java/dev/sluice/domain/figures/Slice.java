package dev.sluice.domain.figures;

import dev.sluice.domain.delivery.WorkerId;
import java.time.Duration;
import java.time.Instant;

/// What a node did within a slice of time.
///
/// @param key which slice, and whose
/// @param until to when it tells; before its end while it is not over
/// @param totals over all types
/// @param byType by event type: the busiest [#MAX_TYPES], the others as one
/// @param backlog most unfinished deliveries there were, over all nodes; [#UNKNOWN] when nobody
///   could tell
/// @param oldestWaiting longest time for which a delivery had been due, over all nodes; zero when
///   none waited or nobody could tell
/// @param latencies how long things took
public record Slice(
    Key key,
    Instant until,
    Totals totals,
    Breakdown byType,
    long backlog,
    Duration oldestWaiting,
    Times latencies) {

  /// Most types that a slice tells apart.
  public static final int MAX_TYPES = 20;

  /// Stands for a backlog that nobody could tell.
  public static final long UNKNOWN = -1;

  /// Which slice, and whose. There is one slice for each key.
  ///
  /// @param tier how long it is
  /// @param start when it begins
  /// @param node whose
  public record Key(Tier tier, Instant start, WorkerId node) {}

  /// How long things took, in coarse buckets ([Latencies#coarser]).
  ///
  /// @param accept from reading a request to answering it
  /// @param handler how long handlers ran
  /// @param acceptToDone from receiving an event to completing it
  public record Times(Latencies accept, Latencies handler, Latencies acceptToDone) {

    /// Nothing was measured.
    public static final Times NONE = new Times(Latencies.NONE, Latencies.NONE, Latencies.NONE);

    /// What was measured here and there.
    public Times plus(Times other) {
      return new Times(
          accept.plus(other.accept),
          handler.plus(other.handler),
          acceptToDone.plus(other.acceptToDone));
    }

    /// What was measured since `earlier`, which must be an earlier state of the same.
    public Times since(Times earlier) {
      return new Times(
          accept.since(earlier.accept),
          handler.since(earlier.handler),
          acceptToDone.since(earlier.acceptToDone));
    }
  }
}
