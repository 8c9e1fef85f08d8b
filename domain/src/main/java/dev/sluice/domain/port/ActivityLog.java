package dev.sluice.domain.port;

import dev.sluice.domain.port.ActivityEntry.Link;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/// Keeps what operators did, in a chain. Nothing in it is ever changed; its oldest entries go when
/// they are old enough. May throw [StoreUnavailableException].
public interface ActivityLog {

  /// Adds the entry that `next` makes of the chain's end. Whoever else appends, on whichever node,
  /// comes before or after: no two entries follow the same one.
  ///
  /// @return the entry
  ActivityEntry append(Function<Link, ActivityEntry> next);

  /// Entries with numbers below the cursor's position, newest first.
  ///
  /// @param limit at most so many
  Page<ActivityEntry> newest(Cursor after, int limit);

  /// Entries from a number on, oldest first.
  ///
  /// @param limit at most so many
  List<ActivityEntry> from(long number, int limit);

  /// Between what the kept entries lie.
  Bounds bounds();

  /// Forgets entries, oldest first, but never the last one.
  ///
  /// @param before only those from before this time
  /// @param keepMost and as many as there are more than these
  /// @param limit at most so many
  /// @return how many went
  int purge(Instant before, long keepMost, int limit);

  /// Between what the kept entries lie.
  ///
  /// @param forgotten the last entry that was forgotten
  /// @param last the last entry that was added
  record Bounds(Link forgotten, Link last) {}
}
