package dev.sluice.adapter.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/// Asks an index which runs of 4096 numbers have events of a time.
enum PostgresRuns implements Runs {
  INSTANCE;

  private static final int BITS = 12;
  private static final Instant EARLIEST = Instant.ofEpochMilli(Long.MIN_VALUE);
  private static final Instant LATEST = Instant.ofEpochMilli(Long.MAX_VALUE);

  @Override
  public long firstBelow(Statements statements, long seq, Instant from, Instant to)
      throws SQLException {
    PreparedStatement select = statements.of(PostgresSql.RUN_BELOW);
    select.setLong(1, seq);
    select.setLong(2, millis(from));
    select.setLong(3, millis(to));
    try (ResultSet row = select.executeQuery()) {
      row.next();
      long run = row.getLong(1);
      return row.wasNull() ? 0 : Math.min(seq, (run + 1) << BITS);
    }
  }

  private static long millis(Instant time) {
    if (time.isBefore(EARLIEST)) {
      return Long.MIN_VALUE;
    }
    return time.isAfter(LATEST) ? Long.MAX_VALUE : time.toEpochMilli();
  }
}
