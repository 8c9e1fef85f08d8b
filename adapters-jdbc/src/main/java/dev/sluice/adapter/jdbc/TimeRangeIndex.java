package dev.sluice.adapter.jdbc;

import java.sql.SQLException;
import java.time.Instant;

/// Runs of consecutive numbers, about which it is known when their events occurred. Events come in
/// about the order in which they occur, so a list by time leaves out whole runs.
public interface TimeRangeIndex {

  /// Where to go on looking, at or below `seq`: no event in between occurred between the times.
  ///
  /// @param seq events with smaller numbers are looked for
  /// @return 0 when there is none
  long firstBelow(Statements statements, long seq, Instant from, Instant to) throws SQLException;
}
