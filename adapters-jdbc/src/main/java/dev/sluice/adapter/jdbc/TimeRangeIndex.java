package dev.sluice.adapter.jdbc;

import java.sql.SQLException;
import java.time.Instant;

/// The time ranges of blocks of consecutive sequences. Events arrive in about the order in which
/// they occur, so a list by time skips whole blocks.
public interface TimeRangeIndex {

  /// Returns where to continue, at or below `seq`: no event in between occurred between the times.
  ///
  /// @param seq events with smaller sequences are searched
  /// @return 0 when there is none
  long firstBelow(Statements statements, long seq, Instant from, Instant to) throws SQLException;
}
