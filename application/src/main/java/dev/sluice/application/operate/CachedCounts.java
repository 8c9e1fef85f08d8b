package dev.sluice.application.operate;

import dev.sluice.domain.figures.StatusCounts;
import dev.sluice.domain.port.EventStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/// The latest counts from the storage, cached so that reading them costs it nothing.
final class CachedCounts {

  private final EventStore store;
  private final InstantSource clock;

  /// Written by any thread that queries the storage; the later result stays.
  private volatile Reading latest;

  CachedCounts(EventStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    this.latest =
        new Reading(new StatusCounts(Map.of(), Map.of(), Instant.MAX), clock.instant(), false);
  }

  /// Counts from the storage.
  ///
  /// @param asOf when the storage was queried
  /// @param isKnown whether it was queried at all; until then all counts are zero
  record Reading(StatusCounts counts, Instant asOf, boolean isKnown) {}

  Reading latest() {
    return latest;
  }

  /// Queries the storage and caches the counts.
  StatusCounts refresh() {
    Instant asked = clock.instant();
    StatusCounts counts = store.counts();
    latest = new Reading(counts, asked, true);
    return counts;
  }
}
