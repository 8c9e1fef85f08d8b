package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.EpochNanos;
import dev.sluice.adapter.jdbc.LiveRow;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.adapter.jdbc.sqlite.sql.LiveSql;
import dev.sluice.domain.subscription.SubscriptionName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Finds the due deliveries of a subscription within the writer's transaction, and tells
/// [WorkSignal] where there are none.
final class DueDeliveries {

  private final Statements statements;
  private final WriterCache writerCache;
  private final WorkSignal signal;
  private final PriorityLines priorities;

  DueDeliveries(
      Statements statements, WriterCache writerCache, WorkSignal signal, PriorityLines priorities) {
    this.statements = statements;
    this.writerCache = writerCache;
    this.signal = signal;
    this.priorities = priorities;
  }

  /// Reads from the database which subscriptions have waiting deliveries: one index lookup for
  /// each, however long their backlogs are.
  void load() throws SQLException {
    for (SubscriptionName subscription : subscriptions()) {
      priorities.load(subscription);
      for (Backlog backlog : Backlog.values()) {
        signal.workArrived(backlog, subscription, first(backlog, subscription));
      }
    }
  }

  /// Returns the subscriptions that have unfinished deliveries.
  List<SubscriptionName> subscriptions() throws SQLException {
    var subscriptions = new ArrayList<SubscriptionName>();
    try (ResultSet row = statements.of(LiveSql.LIVE_SUBSCRIPTIONS).executeQuery()) {
      while (row.next()) {
        subscriptions.add(new SubscriptionName(row.getString(1)));
      }
    }
    return subscriptions;
  }

  /// Returns the due deliveries whose turn is next.
  List<LiveRow> due(Backlog backlog, SubscriptionName subscription, Instant now, int max)
      throws SQLException {
    PreparedStatement select = statements.of(backlog.nextDueSql());
    select.setString(1, subscription.value());
    select.setLong(2, EpochNanos.of(now));
    select.setInt(3, max);
    var due = new ArrayList<LiveRow>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        due.add(LiveRow.read(row));
      }
    }
    return backlog == Backlog.REGULAR ? priorities.merged(due, subscription, now, max) : due;
  }

  /// Records that all due deliveries of the backlog were claimed in this transaction.
  void allClaimed(Backlog backlog, SubscriptionName subscription) throws SQLException {
    signal.noneBefore(backlog, subscription, first(backlog, subscription));
    writerCache.onRollback(() -> signal.workArrived(backlog, subscription, Instant.MIN));
  }

  private Instant first(Backlog backlog, SubscriptionName subscription) throws SQLException {
    PreparedStatement select = statements.of(backlog.firstSql());
    select.setString(1, subscription.value());
    try (ResultSet row = select.executeQuery()) {
      Instant first = row.next() ? EpochNanos.toInstant(row.getLong(1)) : Instant.MAX;
      Instant other = backlog == Backlog.REGULAR ? priorities.first(subscription) : Instant.MAX;
      return other.isBefore(first) ? other : first;
    }
  }
}
