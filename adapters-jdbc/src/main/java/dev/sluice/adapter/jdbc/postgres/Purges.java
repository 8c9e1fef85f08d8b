package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.EpochNanos;
import dev.sluice.adapter.jdbc.postgres.sql.PostgresEventSql;
import dev.sluice.domain.port.StoreUnavailableException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/// Deletes finished events in small steps, so that no one waits for long. Nodes that do so at the
/// same time delete different events.
final class Purges {

  private static final int STEP = 500;

  private final ConnectionPool pool;
  private final DatabaseClock clock;

  Purges(ConnectionPool pool, DatabaseClock clock) {
    this.pool = pool;
    this.clock = clock;
  }

  /// A step; returns how many events it deleted, fewer than `limit` when none are left.
  private interface Step {
    int purge(long age, int limit);
  }

  /// Deletes up to `limit` events that finished before the time, oldest first.
  int purge(Instant finishedBefore, int limit) {
    // Sent as an age: a node whose clock is ahead must not delete what others want to keep.
    long age = EpochNanos.between(finishedBefore, clock.local());
    int purged = repeat(this::purgeSingle, age, limit);
    return purged < limit ? purged + repeat(this::purgeFannedOut, age, limit - purged) : purged;
  }

  private static int repeat(Step step, long age, int limit) {
    int purged = 0;
    int last = STEP;
    while (purged < limit && last == STEP) {
      last = step.purge(age, Math.min(STEP, limit - purged));
      purged += last;
    }
    return purged;
  }

  private int purgeSingle(long age, int limit) {
    return pool.one(
        statements -> {
          PreparedStatement purge = statements.of(PostgresEventSql.PURGE);
          purge.setLong(2, age);
          purge.setInt(3, limit);
          return count(purge);
        });
  }

  private int purgeFannedOut(long age, int limit) {
    try {
      return pool.onSnapshot(
          statements -> {
            PreparedStatement purge = statements.of(PostgresEventSql.PURGE_FANNED_OUT);
            purge.setLong(2, age);
            purge.setLong(3, age);
            purge.setInt(4, limit);
            return count(purge);
          });
    } catch (StoreUnavailableException e) {
      if (PostgresFailures.isConflict(e)) {
        // Another transaction has just changed one of them; they will still be there next time.
        return 0;
      }
      throw e;
    }
  }

  private int count(PreparedStatement purge) throws SQLException {
    clock.bind(purge);
    try (ResultSet row = purge.executeQuery()) {
      row.next();
      return row.getInt(1);
    }
  }
}
