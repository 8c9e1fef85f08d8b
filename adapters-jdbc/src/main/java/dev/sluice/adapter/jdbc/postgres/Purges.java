package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.EpochNanos;
import dev.sluice.adapter.jdbc.Query;
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

  /// Most events whose end is filled in before a deletion.
  private static final int MOST_FILLED_IN = 10 * STEP;

  private final ConnectionPool pool;
  private final DatabaseClock clock;

  Purges(ConnectionPool pool, DatabaseClock clock) {
    this.pool = pool;
    this.clock = clock;
  }

  /// A step; returns how many events it changed, fewer than `limit` when none are left.
  private interface Step {
    int change(int limit);
  }

  /// Deletes up to `limit` events that finished before the time, oldest first.
  int purge(Instant finishedBefore, int limit) {
    // Sent as an age: a node whose clock is ahead must not delete what others want to keep.
    long age = EpochNanos.between(finishedBefore, clock.local());
    int purged = repeat(most -> purgeSingle(age, most), limit);
    if (purged < limit) {
      var _ = repeat(this::fillInEnds, MOST_FILLED_IN);
      purged += repeat(most -> purgeFannedOut(age, most), limit - purged);
    }
    return purged;
  }

  private static int repeat(Step step, int limit) {
    int changed = 0;
    int last = STEP;
    while (changed < limit && last == STEP) {
      last = step.change(Math.min(STEP, limit - changed));
      changed += last;
    }
    return changed;
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

  private int fillInEnds(int limit) {
    return unlessChanged(
        statements -> {
          PreparedStatement fillIn = statements.of(PostgresEventSql.FILL_IN_ENDS);
          fillIn.setInt(1, limit);
          return number(fillIn);
        });
  }

  private int purgeFannedOut(long age, int limit) {
    return unlessChanged(
        statements -> {
          PreparedStatement purge = statements.of(PostgresEventSql.PURGE_FANNED_OUT);
          purge.setLong(2, age);
          purge.setLong(3, age);
          purge.setInt(4, limit);
          return count(purge);
        });
  }

  /// Runs a statement on a snapshot. Returns 0 when another transaction has just changed one of its
  /// events: they will still be there next time.
  private int unlessChanged(Query<Integer> query) {
    try {
      return pool.onSnapshot(query);
    } catch (StoreUnavailableException e) {
      if (PostgresFailures.isConflict(e)) {
        return 0;
      }
      throw e;
    }
  }

  private int count(PreparedStatement purge) throws SQLException {
    clock.bind(purge);
    return number(purge);
  }

  private static int number(PreparedStatement select) throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      row.next();
      return row.getInt(1);
    }
  }
}
