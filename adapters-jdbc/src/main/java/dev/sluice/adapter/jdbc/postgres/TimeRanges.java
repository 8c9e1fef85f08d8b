package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.adapter.jdbc.TimeRangeIndex;
import dev.sluice.adapter.jdbc.postgres.sql.PostgresSql;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.OptionalLong;

/// Finds blocks of 4096 sequences with events of a time, through an index.
enum TimeRanges implements TimeRangeIndex {
  INSTANCE;

  private static final int BITS = 12;

  /// Four million sequences.
  private static final int RUNS_A_LOOK = 1_024;

  private static final Instant EARLIEST = Instant.ofEpochMilli(Long.MIN_VALUE);
  private static final Instant LATEST = Instant.ofEpochMilli(Long.MAX_VALUE);

  @Override
  public long firstBelow(Statements statements, long seq, Instant from, Instant to)
      throws SQLException {
    PreparedStatement select = statements.of(PostgresSql.RUNS);
    select.setLong(1, seq);
    try (ResultSet row = select.executeQuery()) {
      row.next();
      long first = row.getLong(1);
      for (long last = row.getLong(2); !row.wasNull() && last >= first; last -= RUNS_A_LOOK) {
        OptionalLong run =
            lastOf(statements, Math.max(first, last - RUNS_A_LOOK + 1), last, from, to);
        if (run.isPresent()) {
          return Math.min(seq, (run.getAsLong() + 1) << BITS);
        }
      }
    }
    return 0;
  }

  private static OptionalLong lastOf(
      Statements statements, long first, long last, Instant from, Instant to) throws SQLException {
    PreparedStatement select = statements.of(PostgresSql.RUN_OF_TIME);
    select.setLong(1, first);
    select.setLong(2, last);
    select.setLong(3, millis(from));
    select.setLong(4, millis(to));
    try (ResultSet row = select.executeQuery()) {
      row.next();
      long run = row.getLong(1);
      return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(run);
    }
  }

  private static long millis(Instant time) {
    if (time.isBefore(EARLIEST)) {
      return Long.MIN_VALUE;
    }
    return time.isAfter(LATEST) ? Long.MAX_VALUE : time.toEpochMilli();
  }
}
