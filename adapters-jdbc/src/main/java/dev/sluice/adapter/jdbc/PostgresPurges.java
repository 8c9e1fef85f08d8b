package dev.sluice.adapter.jdbc;

import dev.sluice.domain.port.StoreUnavailableException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/// Forgets finished events in small steps, so that nobody waits for long. Nodes that do so at once
/// take different events.
final class PostgresPurges {

  private static final int STEP = 500;

  private final PostgresPool pool;

  PostgresPurges(PostgresPool pool) {
    this.pool = pool;
  }

  /// Forgets up to `limit` events that were finished before the time, longest finished first.
  int purge(Instant finishedBefore, int limit) {
    int purged = 0;
    int last = STEP;
    while (purged < limit && last == STEP) {
      int step = Math.min(STEP, limit - purged);
      last = pool.one(statements -> purge(statements, finishedBefore, step));
      purged += last;
    }
    if (purged < limit) {
      int rest = Math.min(STEP, limit - purged);
      purged += purgeFannedOut(finishedBefore, rest);
    }
    return purged;
  }

  private int purgeFannedOut(Instant finishedBefore, int limit) {
    try {
      return pool.onSnapshot(statements -> purgeFannedOut(statements, finishedBefore, limit));
    } catch (StoreUnavailableException e) {
      if (PostgresFailures.isConflict(e)) {
        // Somebody else has just changed one of them; they will still be there next time.
        return 0;
      }
      throw e;
    }
  }

  private static int purge(Statements statements, Instant finishedBefore, int limit)
      throws SQLException {
    PreparedStatement purge = statements.of(PostgresEventSql.PURGE);
    purge.setLong(1, EpochNanos.of(finishedBefore));
    purge.setInt(2, limit);
    return count(purge);
  }

  private static int purgeFannedOut(Statements statements, Instant finishedBefore, int limit)
      throws SQLException {
    PreparedStatement purge = statements.of(PostgresEventSql.PURGE_FANNED_OUT);
    purge.setLong(1, EpochNanos.of(finishedBefore));
    purge.setLong(2, EpochNanos.of(finishedBefore));
    purge.setInt(3, limit);
    return count(purge);
  }

  private static int count(PreparedStatement purge) throws SQLException {
    try (ResultSet row = purge.executeQuery()) {
      row.next();
      return row.getInt(1);
    }
  }
}
