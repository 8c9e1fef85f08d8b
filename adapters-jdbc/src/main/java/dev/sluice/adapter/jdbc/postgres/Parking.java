package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.EpochNanos;
import dev.sluice.adapter.jdbc.ParkedRows;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.domain.subscription.SubscriptionName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;

/// Unparks deliveries whose subscription is no longer paused, and counts due ones, see [DueTime].
final class Parking {

  private final PostgresDatabase database;

  Parking(PostgresDatabase database) {
    this.database = database;
  }

  int unpark(Set<SubscriptionName> paused, int limit) {
    int unparked = database.work().one(statements -> unpark(statements, paused, limit));
    if (unparked > 0) {
      database.claims().lookEverywhere();
      database.news().workArrived();
    }
    return unparked;
  }

  private static int unpark(Statements statements, Set<SubscriptionName> paused, int limit)
      throws SQLException {
    int unparked = 0;
    for (SubscriptionName subscription : ParkedRows.names(statements, ParkedSql.NAMES)) {
      if (!paused.contains(subscription) && unparked < limit) {
        PreparedStatement update = statements.of(ParkedSql.UNPARK);
        update.setString(1, subscription.value());
        update.setInt(2, limit - unparked);
        unparked += update.executeUpdate();
      }
    }
    return unparked;
  }

  int countDueBefore(Instant dueAt, int limit) {
    return database
        .requests()
        .one(
            statements -> {
              PreparedStatement select = statements.of(ParkedSql.COUNT_DUE_BEFORE);
              select.setLong(1, database.claims().beginsAt());
              select.setLong(2, EpochNanos.of(dueAt));
              select.setInt(3, limit);
              try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
              }
            });
  }
}
