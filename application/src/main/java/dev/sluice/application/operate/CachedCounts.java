package dev.sluice.application.operate;

import dev.sluice.domain.port.EventStore;
import dev.sluice.domain.port.StatusCounts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/// What the storage last said of how much there is, so that asking again costs it nothing.
final class CachedCounts {

  private final EventStore store;
  private final InstantSource clock;

  /// Written by whoever asks the storage; the later answer stays.
  private volatile Reading latest;

  CachedCounts(EventStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    this.latest =
        new Reading(new StatusCounts(Map.of(), Map.of(), Instant.MAX), clock.instant(), false);
  }

  /// An answer of the storage.
  ///
  /// @param asOf when it was asked
  /// @param isKnown whether it has been asked at all; until then there seems to be nothing
  record Reading(StatusCounts counts, Instant asOf, boolean isKnown) {}

  Reading latest() {
    return latest;
  }

  /// Asks the storage, and keeps its answer.
  StatusCounts refresh() {
    Instant asked = clock.instant();
    StatusCounts counts = store.counts();
    latest = new Reading(counts, asked, true);
    return counts;
  }
}
