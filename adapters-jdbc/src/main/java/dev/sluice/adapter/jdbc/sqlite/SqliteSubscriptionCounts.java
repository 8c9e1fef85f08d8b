package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.DueTime;
import dev.sluice.adapter.jdbc.EpochNanos;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.adapter.jdbc.SubscriptionCountReads;
import dev.sluice.adapter.jdbc.sqlite.sql.LiveSql;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.figures.CountsBySubscription;
import dev.sluice.domain.figures.DueCounts;
import dev.sluice.domain.port.EventStore;
import dev.sluice.domain.subscription.SubscriptionName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Counts the deliveries of each subscription that has any to process, in the order in which they
/// are due, and its dead letters. Each statement is short, so that the log can be truncated between
/// them.
final class SqliteSubscriptionCounts {

  /// Parameters: subscription, limit.
  private static final String WAITING =
      """
      select coalesce(sum(state = 0), 0) as received, coalesce(sum(state = 1), 0) as retrying,
             count(*) as looked_at
      from (select state from live where subscription = ? order by due_at, seq limit ?)
      """;

  /// Parameters: subscription, time; the same for deliveries with a priority, see
  /// [DueTime#prioritized].
  private static final String OLDEST =
      """
      select min(oldest) from (
        select * from (
          select due_at as oldest from live
          where subscription = ? and +state < 2 and due_at between 0 and ?
          order by due_at, seq limit 1)
        union all
        select * from (
          select due_at & 4611686018427387903 from live
          where subscription = ? and +state < 2 and due_at <= ?
          order by due_at, seq limit 1))
      """;

  /// Parameters: start of the first step and length of a step; subscription, start, end, limit.
  /// Times are as the column has them.
  private static final String DUE_SOON =
      """
      select (due_at - ?) / ? as step, count(*) from (
        select due_at from live
        where subscription = ? and due_at >= ? and due_at < ? and +state < 2 limit ?)
      group by step
      """;

  private static final String PROCESSING =
      "select subscription, count(*) from live where state = 2 group by subscription";

  private final Statements statements;
  private final Instant now;
  private final CountsBySubscription.Builder counts = new CountsBySubscription.Builder();

  SqliteSubscriptionCounts(Statements statements, Instant now) {
    this.statements = statements;
    this.now = now;
  }

  CountsBySubscription read() throws SQLException {
    List<SubscriptionName> names = subscriptions();
    int most = SubscriptionCountReads.most(names.size());
    for (SubscriptionName name : names) {
      addWaiting(name, most);
      addOldest(name);
    }
    addProcessing();
    SubscriptionCountReads.addFailed(statements, counts);
    return counts.build();
  }

  /// Counts what becomes due soon.
  DueCounts dueSoon(Duration step, int steps) throws SQLException {
    var due = new DueCounts.Builder(now, step, steps, EventStore.MAX_DUE_COUNTED);
    for (SubscriptionName name : subscriptions()) {
      if (due.left() == 0) {
        break;
      }
      addDue(due, name, DueTime.column(due.from()), DueTime.column(due.until()));
      addDue(due, name, DueTime.prioritized(due.from()), DueTime.prioritized(due.until()));
    }
    return due.build();
  }

  private void addDue(DueCounts.Builder due, SubscriptionName name, long from, long until)
      throws SQLException {
    PreparedStatement select = statements.of(DUE_SOON);
    select.setLong(1, from);
    select.setLong(2, due.step().toNanos());
    select.setString(3, name.value());
    select.setLong(4, from);
    select.setLong(5, until);
    select.setLong(6, due.left());
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        due.add(row.getInt(1), row.getLong(2));
      }
    }
  }

  private List<SubscriptionName> subscriptions() throws SQLException {
    var names = new ArrayList<SubscriptionName>();
    try (ResultSet row = statements.of(LiveSql.LIVE_SUBSCRIPTIONS).executeQuery()) {
      while (row.next()) {
        names.add(new SubscriptionName(row.getString(1)));
      }
    }
    return names;
  }

  private void addWaiting(SubscriptionName name, int most) throws SQLException {
    PreparedStatement select = statements.of(WAITING);
    select.setString(1, name.value());
    select.setInt(2, most);
    try (ResultSet row = select.executeQuery()) {
      row.next();
      SubscriptionCountReads.addWaiting(
          counts,
          name,
          row.getLong("received"),
          row.getLong("retrying"),
          row.getInt("looked_at") == most);
    }
  }

  private void addOldest(SubscriptionName name) throws SQLException {
    PreparedStatement select = statements.of(OLDEST);
    select.setString(1, name.value());
    select.setLong(2, EpochNanos.of(now));
    select.setString(3, name.value());
    select.setLong(4, DueTime.prioritized(now));
    try (ResultSet row = select.executeQuery()) {
      row.next();
      long oldest = row.getLong(1);
      if (!row.wasNull()) {
        counts.waitsSince(name, EpochNanos.toInstant(oldest));
      }
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
