package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.DueTime;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.adapter.jdbc.postgres.sql.WaitingSql;
import dev.sluice.domain.claim.PriorityOrder;
import dev.sluice.domain.event.Priority;
import dev.sluice.domain.subscription.SubscriptionName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Reads waiting deliveries without claiming them.
final class WaitingReads {

  private static final int MAX_ABANDONED_SUBSCRIPTIONS = 1_000;

  private final DatabaseClock clock;
  private final PriorityOrder order;

  WaitingReads(DatabaseClock clock, PriorityOrder order) {
    this.clock = clock;
    this.order = order;
  }

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

  /// Returns the number of due deliveries of a subscription that come before one of this priority.
  ///
  /// @param most up to how many others are counted of its subscription, and since when those of the
  ///   default priority are due
  /// @param dueAt when it is due
  int countAhead(Statements statements, ClaimPart most, Priority priority, Instant dueAt)
      throws SQLException {
    var levels = IntStream.rangeClosed(0, Priority.MAX_LEVEL).mapToObj(Priority::new).toList();
    Function<Priority, Instant> before =
        level -> earlier(clock.local(), order.sameRank(level, priority, dueAt));
    PreparedStatement select = statements.of(WaitingSql.COUNT_PRIORITIZED_BEFORE);
    int next =
        new ArrayParameters<>(select, 1, levels)
            .integers(Priority::level)
            .longs(level -> DueTime.prioritized(before.apply(level)))
            .next();
    select.setInt(next, most.max());
    select.setString(next + 1, most.subscription().value());
    select.setInt(next + 2, most.max());
    int regular =
        countRegular(
            statements,
            most.subscription(),
            most.earliest(),
            before.apply(Priority.DEFAULT),
            most.max());
    return Math.min(most.max(), regular + number(select));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /// Returns the number of deliveries of a subscription that are due before a time.
  ///
  /// @param from earliest due time of the default priority to count
  static int countDueBefore(
      Statements statements, SubscriptionName subscription, long from, Instant dueAt, int limit)
      throws SQLException {
    PreparedStatement select = statements.of(WaitingSql.COUNT_DUE_BEFORE);
    select.setString(1, subscription.value());
    select.setLong(2, Long.MIN_VALUE);
    select.setLong(3, DueTime.prioritized(dueAt));
    select.setInt(4, limit);
    int prioritized = number(select);
    return Math.min(
        limit, prioritized + countRegular(statements, subscription, from, dueAt, limit));
  }

  private static int countRegular(
      Statements statements, SubscriptionName subscription, long from, Instant dueAt, int limit)
      throws SQLException {
    PreparedStatement select = statements.of(WaitingSql.COUNT_DUE_BEFORE);
    select.setString(1, subscription.value());
    select.setLong(2, Math.max(0, from));
    select.setLong(3, DueTime.column(dueAt));
    select.setInt(4, limit);
    return number(select);
  }

  private static int number(PreparedStatement select) throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      row.next();
      return row.getInt(1);
    }
  }
}
