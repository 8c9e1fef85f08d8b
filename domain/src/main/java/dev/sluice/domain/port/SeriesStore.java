package dev.sluice.domain.port;

import dev.sluice.domain.figures.Slice;
import dev.sluice.domain.figures.Tier;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/// Keeps the history of figures: slices of all nodes that share a storage, for as long as their
/// [Tier] says. It is as durable as the storage.
///
/// A node has at most about 3,050 slices. One takes a few hundred bytes, and about 15,000 when it
/// tells of 20 types with the longest names and of every duration there can be: 1 to 2 MB for each
/// node that runs all the week, and never more than 50.
///
/// Every method may throw [StoreUnavailableException]; then the outcome is unknown.
public interface SeriesStore {

  /// Takes slices down, all or none; each takes the place of the one with the same key.
  void put(List<Slice> slices);

  /// Hands over the slices of a tier that begin within a range, oldest first, and those of the same
  /// time in the order of their nodes' names. There is never more than a page of them in memory.
  ///
  /// @param from the first time, included
  /// @param to the last time, excluded
  /// @param reader is told of each; it must not call this store
  void read(Tier tier, Instant from, Instant to, Consumer<Slice> reader);

  /// Forgets slices of a tier, oldest first.
  ///
  /// @param before slices that begin before this time go
  /// @param limit at most so many
  /// @return how many went; fewer than `limit` means that none are left to go
  int forget(Tier tier, Instant before, int limit);
}
