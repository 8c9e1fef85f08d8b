package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.EpochNanos;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.adapter.jdbc.postgres.sql.WaitingSql;
import dev.sluice.domain.subscription.SubscriptionName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Reads waiting deliveries without claiming them.
final class WaitingReads {

  private static final int MAX_ABANDONED_SUBSCRIPTIONS = 1_000;

  private WaitingReads() {}

  static List<SubscriptionName> abandonedSubscriptions(Statements statements) throws SQLException {
    PreparedStatement select = statements.of(WaitingSql.ABANDONED_SUBSCRIPTIONS);
    select.setInt(1, MAX_ABANDONED_SUBSCRIPTIONS);
    var names = new ArrayList<SubscriptionName>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        names.add(new SubscriptionName(row.getString(1)));
      }
    }
    return names;
  }

  /// Returns the number of deliveries of a subscription that are due before a time.
  ///
  /// @param from earliest due time to count
  static int countDueBefore(
      Statements statements, SubscriptionName subscription, long from, Instant dueAt, int limit)
      throws SQLException {
    PreparedStatement select = statements.of(WaitingSql.COUNT_DUE_BEFORE);
    select.setString(1, subscription.value());
    select.setLong(2, from);
    select.setLong(3, EpochNanos.of(dueAt));
    select.setInt(4, limit);
    try (ResultSet row = select.executeQuery()) {
      row.next();
      return row.getInt(1);
    }
  }
}
