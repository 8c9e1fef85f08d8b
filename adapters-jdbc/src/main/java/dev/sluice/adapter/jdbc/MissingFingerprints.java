package dev.sluice.adapter.jdbc;

import dev.sluice.domain.delivery.ErrorFingerprint;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.subscription.SubscriptionName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Computes the fingerprints of dead letters that were stored before the column existed. Any number
/// of nodes may do so at once, and the next start completes what a crash interrupted.
final class MissingFingerprints {

  private static final int BATCH = 1_000;

  private static final String SELECT =
      """
      select seq, subscription, failure_kind, failure_error, failure_message
      from finished where status = 2 and fingerprint is null and seq > ? order by seq limit ?
      """;

  private static final String UPDATE =
      "update finished set fingerprint = ? where status = 2 and seq = ? and subscription = ?";

  private MissingFingerprints() {}

  static void name(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      long last = 0;
      while (last >= 0) {
        last = nameSome(connection, last);
      }
    }
  }

  /// @return where to continue, or -1 when all have a fingerprint
  private static long nameSome(Connection connection, long after) throws SQLException {
    int named = 0;
    long last = after;
    try (PreparedStatement select = connection.prepareStatement(SELECT);
        PreparedStatement update = connection.prepareStatement(UPDATE)) {
      select.setLong(1, after);
      select.setInt(2, BATCH);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          last = row.getLong("seq");
          named++;
          add(
              update,
              last,
              new SubscriptionName(row.getString("subscription")),
              Failures.read(row));
        }
      }
      if (named > 0) {
        update.executeBatch();
        connection.commit();
      }
    }
    // A batch may end between two dead letters of one event: the next one starts with it again.
    return named < BATCH ? -1 : last - 1;
  }

  private static void add(
      PreparedStatement update,
      long seq,
      SubscriptionName subscription,
      @Nullable FailureCause cause)
      throws SQLException {
    if (cause == null) {
      return;
    }
    update.setLong(1, ErrorFingerprint.of(subscription, cause).value());
    update.setLong(2, seq);
    update.setString(3, subscription.value());
    update.addBatch();
  }
}
