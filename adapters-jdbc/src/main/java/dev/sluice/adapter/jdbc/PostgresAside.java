package dev.sluice.adapter.jdbc;

import dev.sluice.domain.subscription.SubscriptionName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;

/// Deliveries that are set aside while their subscription is paused, see [DueTime].
final class PostgresAside {

  private final PostgresDatabase database;

  PostgresAside(PostgresDatabase database) {
    this.database = database;
  }

  int putBack(Set<SubscriptionName> paused, int limit) {
    int putBack = database.work().one(statements -> putBack(statements, paused, limit));
    if (putBack > 0) {
      database.claims().lookEverywhere();
      database.news().workArrived();
    }
    return putBack;
  }

  private static int putBack(Statements statements, Set<SubscriptionName> paused, int limit)
      throws SQLException {
    int putBack = 0;
    for (SubscriptionName subscription : AsideRows.names(statements, AsideSql.POSTGRES_NAMES)) {
      if (!paused.contains(subscription) && putBack < limit) {
        PreparedStatement update = statements.of(AsideSql.POSTGRES_PUT_BACK);
        update.setString(1, subscription.value());
        update.setInt(2, limit - putBack);
        putBack += update.executeUpdate();
      }
    }
    return putBack;
  }

  int countDueBefore(Instant dueAt, int limit) {
    return database
        .requests()
        .one(
            statements -> {
              PreparedStatement select = statements.of(AsideSql.POSTGRES_COUNT_DUE_BEFORE);
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
