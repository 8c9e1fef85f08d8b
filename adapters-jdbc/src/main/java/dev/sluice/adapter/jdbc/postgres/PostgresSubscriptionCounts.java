package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.adapter.jdbc.SubscriptionCountReads;
import dev.sluice.adapter.jdbc.postgres.sql.PostgresSql;
import dev.sluice.adapter.jdbc.postgres.sql.WaitingSql;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.figures.CountsBySubscription;
import dev.sluice.domain.subscription.SubscriptionName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Counts the deliveries of each subscription that has any to process, in the order in which they
/// are due, and its dead letters: at most five statements, whatever the number of subscriptions.
final class PostgresSubscriptionCounts {

  private static final String PROCESSING =
      "select subscription, count(*) from leased group by subscription";

  private final Statements statements;
  private final DatabaseClock clock;
  private final CountsBySubscription.Builder counts = new CountsBySubscription.Builder();

  PostgresSubscriptionCounts(Statements statements, DatabaseClock clock) {
    this.statements = statements;
    this.clock = clock;
  }

  CountsBySubscription read() throws SQLException {
    addWaiting(subscriptions());
    addProcessing();
    SubscriptionCountReads.addFailed(statements, counts);
    return counts.build();
  }

  private List<String> subscriptions() throws SQLException {
    var names = new ArrayList<String>();
    try (ResultSet row = statements.of(PostgresSql.WAITING_NAMES).executeQuery()) {
      while (row.next()) {
        names.add(row.getString(1));
      }
    }
    return names;
  }

  private void addWaiting(List<String> names) throws SQLException {
    int most = SubscriptionCountReads.most(names.size());
    PreparedStatement select = statements.of(WaitingSql.COUNT_WAITING);
    clock.bind(select);
    int next = new ArrayParameters<>(select, 2, names).texts(name -> name).next();
    select.setInt(next, most);
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        addWaiting(row, most);
      }
    }
  }

  private void addWaiting(ResultSet row, int most) throws SQLException {
    var name = new SubscriptionName(row.getString("name"));
    long received = row.getLong("received");
    long retrying = row.getLong("retrying");
    SubscriptionCountReads.addWaiting(
        counts, name, received, retrying, received + retrying == most);
    long age = row.getLong("oldest");
    if (!row.wasNull()) {
      // The age is valid by every clock.
      counts.waitsSince(name, clock.local().minusNanos(age));
    }
  }

  private void addProcessing() throws SQLException {
    try (ResultSet row = statements.of(PROCESSING).executeQuery()) {
      while (row.next()) {
        counts.add(
            new SubscriptionName(row.getString(1)), DeliveryStatus.PROCESSING, row.getLong(2));
      }
    }
  }
}
