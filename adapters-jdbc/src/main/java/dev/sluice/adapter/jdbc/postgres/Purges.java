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

  /// Most events whose end is filled in or corrected by a call.
  private static final int MOST_CORRECTED = 10 * STEP;

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

  /// How many events a step deleted, and of how many it corrected the end.
  private record Ended(int deleted, int corrected) {}

  /// Deletes up to `limit` events that finished before the time, oldest first.
  int purge(Instant finishedBefore, int limit) {
    // Sent as an age: a node whose clock is ahead must not delete what others want to keep.
    long age = EpochNanos.between(finishedBefore, clock.local());
    int purged = repeat(most -> purgeSingle(age, most), limit);
    if (purged < limit) {
      var _ = repeat(this::fillInEnds, MOST_CORRECTED);
      purged += purgeFannedOut(age, limit - purged);
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
        0,
        statements -> {
          PreparedStatement fillIn = statements.of(PostgresEventSql.FILL_IN_ENDS);
          fillIn.setInt(2, limit);
          return count(fillIn);
        });
  }

  private int purgeFannedOut(long age, int limit) {
    int deleted = 0;
    int corrected = 0;
    boolean isMore = true;
    while (isMore && deleted < limit && corrected < MOST_CORRECTED) {
      int most = Math.min(STEP, limit - deleted);
      Ended ended = purgeFannedOutOnce(age, most);
      deleted += ended.deleted();
      corrected += ended.corrected();
      isMore = ended.deleted() + ended.corrected() == most;
    }
    return deleted;
  }

  private Ended purgeFannedOutOnce(long age, int limit) {
    return unlessChanged(
        new Ended(0, 0),
        statements -> {
          PreparedStatement purge = statements.of(PostgresEventSql.PURGE_FANNED_OUT);
          clock.bind(purge);
          purge.setLong(2, age);
          purge.setInt(3, limit);
          purge.setLong(4, age);
          try (ResultSet row = purge.executeQuery()) {
            row.next();
            return new Ended(row.getInt("deleted"), row.getInt("corrected"));
          }
        });
  }

  /// Runs a statement on a snapshot. Returns `nothing` when another transaction has just changed
  /// one of its events: they will still be there next time.
  private <T> T unlessChanged(T nothing, Query<T> query) {
    try {
      return pool.onSnapshot(query);
    } catch (StoreUnavailableException e) {
      if (PostgresFailures.isConflict(e)) {
        return nothing;
      }
      throw e;
    }
  }

  private int count(PreparedStatement change) throws SQLException {
    clock.bind(change);
    try (ResultSet row = change.executeQuery()) {
      row.next();
      return row.getInt(1);
    }
  }
}
