package dev.sluice.domain.port;

import dev.sluice.domain.figures.Slice;
import dev.sluice.domain.figures.Tier;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/// Stores the history of figures: slices of all nodes that share a storage, for as long as their
/// [Tier] says. It is as durable as the storage.
///
/// A node has at most about 3,050 slices. A slice takes a few hundred bytes, and about 35,000 if it
/// has 20 types and 200 subscriptions with the longest names and every possible duration: 1 to 2 MB
/// for each node that runs all week, 30 MB with 200 busy subscriptions, and never more than 110 MB.
///
/// Every method may throw [StoreUnavailableException]; then the outcome is unknown.
public interface SeriesStore {

  /// Stores slices, all or none; each replaces the one with the same key.
  void put(List<Slice> slices);

  /// Passes the slices of a tier that begin within a range to `reader`, oldest first, and those of
  /// the same time in the order of their nodes' names. No more than a page of them is in memory.
  ///
  /// @param from start of the range, included
  /// @param to end of the range, excluded
  /// @param reader receives each slice; it must not call this store
  void read(Tier tier, Instant from, Instant to, Consumer<Slice> reader);

  /// Deletes slices of a tier, oldest first.
  ///
  /// @param before slices that begin before this time are deleted
  /// @param limit maximum number of slices to delete
  /// @return number of deleted slices; fewer than `limit` means that none are left to delete
  int forget(Tier tier, Instant before, int limit);
}
