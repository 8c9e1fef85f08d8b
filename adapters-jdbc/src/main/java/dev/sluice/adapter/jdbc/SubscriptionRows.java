package dev.sluice.adapter.jdbc;

import dev.sluice.format.subscription.StoredSubscription;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Subscriptions that a statement selected, with the version of the set at that moment.
///
/// @param setVersion the version of the set
/// @param rows not decoded yet, so that the connection is free meanwhile
record SubscriptionRows(long setVersion, List<StoredSubscription> rows) {

  /// Runs a statement whose rows have a column `set_version`, at least one.
  static SubscriptionRows select(PreparedStatement select) throws SQLException {
    long setVersion = 0;
    List<StoredSubscription> rows = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        setVersion = row.getLong("set_version");
        if (row.getString("name") != null) {
          rows.add(read(row));
        }
      }
    }
    return new SubscriptionRows(setVersion, rows);
  }

  static StoredSubscription read(ResultSet row) throws SQLException {
    return new StoredSubscription(
        row.getString("name"),
        row.getLong("version"),
        row.getString("lifecycle"),
        row.getString("origin"),
        row.getString("definition"),
        row.getString("changed_by"),
        EpochNanos.toInstant(row.getLong("changed_at")));
  }

  /// Binds all columns in the order of the table.
  static void bind(PreparedStatement statement, StoredSubscription stored) throws SQLException {
    statement.setString(1, stored.name());
    statement.setLong(2, stored.version());
    statement.setString(3, stored.lifecycle());
    statement.setString(4, stored.origin());
    statement.setString(5, stored.definition());
    statement.setString(6, stored.changedBy());
    statement.setLong(7, EpochNanos.of(stored.changedAt()));
  }
}
