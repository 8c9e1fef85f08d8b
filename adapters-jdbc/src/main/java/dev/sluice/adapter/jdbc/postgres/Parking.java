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

/// Unparks deliveries whose subscription is no longer paused, and counts due ones, see
/// [dev.sluice.adapter.jdbc.DueTime].
final class Parking {

  private final ConnectionPool work;
  private final ConnectionPool requests;
  private final Claims claims;
  private final WorkNews news;

  Parking(ConnectionPool work, ConnectionPool requests, Claims claims, WorkNews news) {
    this.work = work;
    this.requests = requests;
    this.claims = claims;
    this.news = news;
  }

  int unpark(Set<SubscriptionName> paused, int limit) {
    int unparked = work.one(statements -> unpark(statements, paused, limit));
    if (unparked > 0) {
      claims.lookEverywhere();
      news.workArrived();
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
    return requests.one(
        statements -> {
          PreparedStatement select = statements.of(ParkedSql.COUNT_DUE_BEFORE);
          select.setLong(1, claims.beginsAt());
          select.setLong(2, EpochNanos.of(dueAt));
          select.setInt(3, limit);
          try (ResultSet row = select.executeQuery()) {
            row.next();
            return row.getInt(1);
          }
        });
  }
}
