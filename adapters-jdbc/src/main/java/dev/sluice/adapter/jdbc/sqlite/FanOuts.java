package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.EpochNanos;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.EventStatus;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// Keeps the counts of events with several deliveries within the writer's transaction: how many
/// deliveries are in which status, and when the last one finished. The status of such an event
/// follows from one row, however many deliveries it has, and retention finds it by that row.
final class FanOuts {

  private final Statements statements;

  FanOuts(Statements statements) {
    this.statements = statements;
  }

  /// A delivery of an event that enters another status.
  record Move(long seq, DeliveryStatus before, DeliveryStatus after) {

    private int change(DeliveryStatus status) {
      return (status == after ? 1 : 0) - (status == before ? 1 : 0);
    }

    private int unfinishedChange() {
      return (after.isFinished() ? 0 : 1) - (before.isFinished() ? 0 : 1);
    }
  }

  /// The status of an event before and after a change.
  record EventStatuses(EventStatus before, EventStatus after) {}

  /// Adds a new event, whose deliveries all wait.
  void add(long seq, int deliveries) throws SQLException {
    PreparedStatement insert = statements.of(FanOutSql.INSERT);
    insert.setLong(1, seq);
    insert.setInt(2, deliveries);
    insert.executeUpdate();
  }

  /// Sets the counts of an event that has an unfinished delivery.
  ///
  /// @param deliveries their statuses
  void set(long seq, Collection<DeliveryStatus> deliveries) throws SQLException {
    PreparedStatement replace = statements.of(FanOutSql.REPLACE);
    replace.setLong(1, seq);
    int next = 2;
    for (DeliveryStatus status : DeliveryStatus.values()) {
      replace.setInt(next++, Collections.frequency(deliveries, status));
    }
    replace.executeUpdate();
  }

  /// Moves a delivery from one status to another.
  ///
  /// @param now when retention of the event begins, if all its deliveries are finished then
  EventStatuses move(Move move, Instant now) throws SQLException {
    PreparedStatement add = statements.of(FanOutSql.ADD);
    int next = 1;
    for (DeliveryStatus status : DeliveryStatus.values()) {
      add.setInt(next++, move.change(status));
    }
    add.setInt(next++, move.unfinishedChange());
    add.setLong(next++, EpochNanos.of(now));
    add.setLong(next, move.seq());
    try (ResultSet row = add.executeQuery()) {
      if (!row.next()) {
        throw new InconsistentStorageException("event " + move.seq() + " has no row in fan_out");
      }
      return statuses(row, move);
    }
  }

  private static EventStatuses statuses(ResultSet counts, Move move) throws SQLException {
    Set<DeliveryStatus> before = EnumSet.noneOf(DeliveryStatus.class);
    Set<DeliveryStatus> after = EnumSet.noneOf(DeliveryStatus.class);
    int column = 1;
    for (DeliveryStatus status : DeliveryStatus.values()) {
      int count = counts.getInt(column++);
      if (count < 0) {
        throw new InconsistentStorageException(
            "event "
                + move.seq()
                + " has "
                + count
                + " deliveries in fan_out."
                + status.wireName());
      }
      if (count > 0) {
        after.add(status);
      }
      if (count > move.change(status)) {
        before.add(status);
      }
    }
    return new EventStatuses(EventStatus.of(before), EventStatus.of(after));
  }

  void remove(long seq) throws SQLException {
    PreparedStatement delete = statements.of(FanOutSql.DELETE);
    delete.setLong(1, seq);
    delete.executeUpdate();
  }

  /// Returns the events that finished before a time, in the order in which they did.
  Collection<Long> purgeable(Instant finishedBefore, int limit) throws SQLException {
    PreparedStatement select = statements.of(FanOutSql.PURGEABLE);
    for (int part = 0; part < 2; part++) {
      select.setLong(2 * part + 1, EpochNanos.of(finishedBefore));
      select.setInt(2 * part + 2, limit);
    }
    select.setInt(5, limit);
    var seqs = new ArrayList<Long>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        seqs.add(row.getLong(1));
      }
    }
    return seqs;
  }

  /// Computes all counts from the deliveries.
  void countAll() throws SQLException {
    statements.execute(FanOutSql.DELETE_ALL);
    statements.execute(FanOutSql.COUNT_ALL);
  }
}
