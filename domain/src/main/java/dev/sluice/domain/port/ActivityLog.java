package dev.sluice.domain.port;

import dev.sluice.domain.port.ActivityEntry.Link;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/// Stores the activity log as a chain of hashes. Entries never change; retention deletes the oldest
/// ones. May throw [StoreUnavailableException].
public interface ActivityLog {

  /// Appends the entry that `next` builds from the end of the chain. Concurrent appends, on
  /// whichever node, are ordered: no two entries follow the same one.
  ///
  /// @return the appended entry
  ActivityEntry append(Function<Link, ActivityEntry> next);

  /// Returns entries with numbers below the cursor's position, newest first.
  ///
  /// @param limit maximum number of entries
  Page<ActivityEntry> newest(Cursor after, int limit);

  /// Returns entries from this number on, oldest first.
  ///
  /// @param limit maximum number of entries
  List<ActivityEntry> from(long number, int limit);

  /// Returns the ends of the part of the chain that is kept.
  Bounds bounds();

  /// Deletes entries, oldest first, but never the last one.
  ///
  /// @param before entries from before this time are deleted
  /// @param keepMost entries in excess of this number are deleted too
  /// @param limit maximum number of entries to delete
  /// @return number of deleted entries
  int purge(Instant before, long keepMost, int limit);

  /// The ends of the part of the chain that is kept.
  ///
  /// @param forgotten the last entry that was deleted
  /// @param last the last entry that was appended
  record Bounds(Link forgotten, Link last) {}
}
