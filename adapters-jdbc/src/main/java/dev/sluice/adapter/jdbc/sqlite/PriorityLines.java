package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.DueTime;
import dev.sluice.adapter.jdbc.LiveRow;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.adapter.jdbc.sqlite.sql.LiveSql;
import dev.sluice.domain.claim.PriorityOrder;
import dev.sluice.domain.event.Priority;
import dev.sluice.domain.subscription.SubscriptionName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Finds due deliveries with a priority other than the default within the writer's transaction.
/// Subscriptions without such deliveries cost nothing.
final class PriorityLines {

  private final Statements statements;
  private final WriterCache writerCache;
  private final PriorityOrder order;

  /// The subscriptions that may have such deliveries.
  private final Set<SubscriptionName> used = new HashSet<>();

  PriorityLines(Statements statements, WriterCache writerCache, PriorityOrder order) {
    this.statements = statements;
    this.writerCache = writerCache;
    this.order = order;
  }

  /// Records that a waiting delivery was stored.
  void entered(LiveRow row) {
    if (row.isPrioritized()) {
      used.add(row.subscription());
    }
  }

  /// Looks in the database whether a subscription has such deliveries.
  void load(SubscriptionName subscription) throws SQLException {
    if (hasAny(subscription)) {
      used.add(subscription);
    }
  }

  /// Adds the due ones of a subscription to those of the default priority.
  ///
  /// @param regular the first `max` of the default priority
  /// @return the first `max` of all
  List<LiveRow> merged(List<LiveRow> regular, SubscriptionName subscription, Instant now, int max)
      throws SQLException {
    if (!used.contains(subscription)) {
      return regular;
    }
    List<LiveRow> due = due(subscription, now, max);
    if (due.isEmpty()) {
      forgetUnused(subscription);
      return regular;
    }
    var all = new ArrayList<LiveRow>(regular);
    // Less than was asked for is all that is due, of every level.
    all.addAll(due.size() < max ? due : firstOfEachLevel(subscription, now, max));
    all.sort(((Comparator<LiveRow>) this::compare).thenComparingLong(LiveRow::seq));
    return all.subList(0, Math.min(max, all.size()));
  }

  private void forgetUnused(SubscriptionName subscription) throws SQLException {
    if (!hasAny(subscription)) {
      used.remove(subscription);
      writerCache.onRollback(() -> used.add(subscription));
    }
  }

  private int compare(LiveRow one, LiveRow other) {
    return order.compare(one.priority(), one.dueAt(), other.priority(), other.dueAt());
  }

  private List<LiveRow> due(SubscriptionName subscription, Instant now, int max)
      throws SQLException {
    PreparedStatement select = statements.of(LiveSql.NEXT_DUE_PRIORITIZED);
    select.setString(1, subscription.value());
    select.setLong(2, DueTime.prioritized(now));
    select.setInt(3, max);
    return rows(select);
  }

  private List<LiveRow> firstOfEachLevel(SubscriptionName subscription, Instant now, int max)
      throws SQLException {
    var rows = new ArrayList<LiveRow>();
    for (int level = 0; level <= Priority.MAX_LEVEL; level++) {
      PreparedStatement select = statements.of(LiveSql.NEXT_DUE_OF_PRIORITY);
      select.setString(1, subscription.value());
      select.setInt(2, level);
      select.setLong(3, DueTime.prioritized(now));
      select.setInt(4, max);
      rows.addAll(rows(select));
    }
    return rows;
  }

  private static List<LiveRow> rows(PreparedStatement select) throws SQLException {
    var rows = new ArrayList<LiveRow>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        rows.add(LiveRow.read(row));
      }
    }
    return rows;
  }

  private boolean hasAny(SubscriptionName subscription) throws SQLException {
    PreparedStatement select = statements.of(LiveSql.HAS_PRIORITIZED);
    select.setString(1, subscription.value());
    try (ResultSet row = select.executeQuery()) {
      return row.next();
    }
  }

  /// Returns when the first of a subscription is due; [Instant#MAX] when none waits.
  Instant first(SubscriptionName subscription) throws SQLException {
    if (!used.contains(subscription)) {
      return Instant.MAX;
    }
    PreparedStatement select = statements.of(LiveSql.FIRST_PRIORITIZED);
    select.setString(1, subscription.value());
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? DueTime.toInstant(row.getLong(1)) : Instant.MAX;
    }
  }

  /// Counts the due deliveries that come before another.
  static int countAhead(Statements reading, PriorityOrder order, Ahead ahead, Instant now)
      throws SQLException {
    int count = 0;
    for (int level = 0; level <= Priority.MAX_LEVEL && count < ahead.limit(); level++) {
      var counted = new Priority(level);
      Instant sameRank = order.sameRank(counted, ahead.priority(), ahead.dueAt());
      Instant before = sameRank.isBefore(now) ? sameRank : now;
      count +=
          counted.isDefault()
              ? countRegular(reading, ahead, before)
              : countOf(reading, ahead, counted, before);
    }
    return Math.min(count, ahead.limit());
  }

  /// A delivery, and up to how many others are counted that come before it.
  record Ahead(SubscriptionName subscription, Priority priority, Instant dueAt, int limit) {}

  private static int countRegular(Statements reading, Ahead ahead, Instant before)
      throws SQLException {
    PreparedStatement select = reading.of(LiveSql.COUNT_REGULAR_BEFORE);
    select.setString(1, ahead.subscription().value());
    select.setLong(2, DueTime.column(before));
    select.setInt(3, ahead.limit());
    return number(select);
  }

  private static int countOf(Statements reading, Ahead ahead, Priority priority, Instant before)
      throws SQLException {
    PreparedStatement select = reading.of(LiveSql.COUNT_OF_PRIORITY_BEFORE);
    select.setString(1, ahead.subscription().value());
    select.setInt(2, priority.level());
    select.setLong(3, DueTime.prioritized(before));
    select.setInt(4, ahead.limit());
    return number(select);
  }

  private static int number(PreparedStatement select) throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      row.next();
      return row.getInt(1);
    }
  }
}
