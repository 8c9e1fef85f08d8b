package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.Counts;
import dev.sluice.adapter.jdbc.postgres.sql.PostgresSql;
import dev.sluice.adapter.jdbc.postgres.sql.WaitingSql;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.figures.CountsBySubscription;
import dev.sluice.domain.figures.DueCounts;
import dev.sluice.domain.figures.StatusCounts;
import dev.sluice.domain.port.EventStore;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/// Reads the counts over all nodes, as of the last commit.
final class BacklogCounts {

  private final ConnectionPool pool;
  private final DatabaseClock clock;

  BacklogCounts(ConnectionPool pool, DatabaseClock clock) {
    this.pool = pool;
    this.clock = clock;
  }

  Counts counts() {
    return read((counts, _) -> counts);
  }

  StatusCounts statusCounts() {
    return read((counts, oldest) -> counts.toStatusCounts(oldest));
  }

  CountsBySubscription bySubscription() {
    return pool.onSnapshot(statements -> new PostgresSubscriptionCounts(statements, clock).read());
  }

  DueCounts dueSoon(Duration step, int steps) {
    var due = new DueCounts.Builder(clock.local(), step, steps, EventStore.MAX_DUE_COUNTED);
    return pool.one(
        statements -> {
          PreparedStatement select = statements.of(WaitingSql.DUE_SOON);
          clock.bind(select);
          select.setLong(2, step.toNanos());
          select.setLong(3, step.multipliedBy(steps).toNanos());
          select.setInt(4, EventStore.MAX_DUE_COUNTED);
          try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
              due.add(row.getInt(1), row.getLong(2));
            }
          }
          return due.build();
        });
  }

  private interface Answer<T> {
    T of(Counts counts, Instant oldestWaiting);
  }

  private <T> T read(Answer<T> answer) {
    return pool.one(
        statements -> {
          PreparedStatement select = statements.of(PostgresSql.COUNTS);
          clock.bind(select);
          try (ResultSet row = select.executeQuery()) {
            row.next();
            return answer.of(counts(row), oldest(row));
          }
        });
  }

  private static Counts counts(ResultSet row) throws SQLException {
    var counts = new Counts();
    for (EventStatus status : EventStatus.values()) {
      counts.add(status, row.getLong("e_" + status.wireName()));
    }
    for (DeliveryStatus status : DeliveryStatus.values()) {
      counts.add(status, row.getLong("d_" + EventStatus.of(status).wireName()));
    }
    return counts;
  }

  /// Returns the time since which the oldest delivery waits, by this node's clock. The database
  /// returns its age, which is valid by every clock.
  private Instant oldest(ResultSet row) throws SQLException {
    long age = row.getLong("oldest");
    return row.wasNull() ? Instant.MAX : clock.local().minusNanos(age);
  }
}
