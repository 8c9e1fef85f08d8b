package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.EpochNanos;
import dev.sluice.adapter.jdbc.postgres.sql.ChangeFeedSql;
import dev.sluice.domain.delivery.Change;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.port.ChangeBatch;
import dev.sluice.domain.port.ChangeFeed;
import dev.sluice.domain.text.ChangeCodec;
import java.lang.System.Logger.Level;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Carries changes between nodes in a small table, one row per batch.
final class PostgresChangeFeed implements ChangeFeed {

  private static final System.Logger LOG = System.getLogger(PostgresChangeFeed.class.getName());

  private final ConnectionPool pool;
  private final DatabaseClock clock;

  PostgresChangeFeed(ConnectionPool pool, DatabaseClock clock) {
    this.pool = pool;
    this.clock = clock;
  }

  @Override
  public void want(WorkerId node, Duration time) {
    pool.one(
        statements -> {
          PreparedStatement put = statements.of(ChangeFeedSql.WANT);
          clock.bind(put);
          put.setString(2, node.value());
          put.setLong(3, EpochNanos.span(time));
          return put.executeUpdate();
        });
  }

  @Override
  public boolean isWanted(WorkerId node) {
    return pool.one(
        statements -> {
          PreparedStatement select = statements.of(ChangeFeedSql.IS_WANTED);
          clock.bind(select);
          select.setString(2, node.value());
          try (ResultSet row = select.executeQuery()) {
            row.next();
            return row.getBoolean(1);
          }
        });
  }

  @Override
  public void publish(ChangeBatch batch) {
    String changes = ChangeCodec.encode(batch.changes());
    pool.one(
        statements -> {
          PreparedStatement insert = statements.of(ChangeFeedSql.PUBLISH);
          clock.bind(insert);
          insert.setLong(2, MEMORY.toNanos());
          insert.setString(3, batch.node().value());
          insert.setLong(4, batch.missed());
          insert.setString(5, changes);
          return insert.executeUpdate();
        });
  }

  @Override
  public long end() {
    return pool.one(
        statements -> {
          try (ResultSet row = statements.of(ChangeFeedSql.END).executeQuery()) {
            row.next();
            return row.getLong(1);
          }
        });
  }

  @Override
  public Slice readAfter(long position, WorkerId node, int limit) {
    return pool.one(
        statements -> {
          PreparedStatement select = statements.of(ChangeFeedSql.READ);
          select.setLong(1, position);
          select.setString(2, node.value());
          select.setInt(3, limit);
          List<ChangeBatch> batches = new ArrayList<>();
          long last = position;
          try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
              batches.add(batch(row));
              last = row.getLong("seq");
            }
          }
          return new Slice(batches, last);
        });
  }

  private static ChangeBatch batch(ResultSet row) throws SQLException {
    var node = new WorkerId(row.getString("node"));
    long missed = row.getLong("missed");
    try {
      List<Change> changes = ChangeCodec.decode(row.getString("changes"));
      return new ChangeBatch(node, missed, changes);
    } catch (IllegalArgumentException e) {
      // Of another version, or damaged: one batch must not block all that follow.
      LOG.log(Level.DEBUG, "cannot read changes of node " + node + ": " + e.getMessage());
      return new ChangeBatch(node, missed + 1, List.of());
    }
  }
}
