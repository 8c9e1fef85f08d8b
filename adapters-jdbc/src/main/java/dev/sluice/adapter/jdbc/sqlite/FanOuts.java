package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.EpochNanos;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.adapter.jdbc.sqlite.sql.FanOutSql;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.EventStatus;
import java.lang.System.Logger.Level;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/// Keeps the counts of events with several deliveries within the writer's transaction: how many
/// deliveries are in which status, and when the last one finished. The status of such an event
/// follows from one row, however many deliveries it has, and retention finds it by that row.
final class FanOuts {

  private static final System.Logger LOG = System.getLogger(FanOuts.class.getName());

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
    Map<DeliveryStatus, Integer> counts = counts(add);
    return statuses(isPossible(counts) ? counts : recount(move.seq()), move);
  }

  /// Returns the counts that a statement gives; empty when it finds no row.
  private static Map<DeliveryStatus, Integer> counts(PreparedStatement statement)
      throws SQLException {
    var counts = new EnumMap<DeliveryStatus, Integer>(DeliveryStatus.class);
    try (ResultSet row = statement.executeQuery()) {
      if (row.next()) {
        int column = 1;
        for (DeliveryStatus status : DeliveryStatus.values()) {
          counts.put(status, row.getInt(column++));
        }
      }
    }
    return counts;
  }

  private static boolean isPossible(Map<DeliveryStatus, Integer> counts) {
    return !counts.isEmpty() && counts.values().stream().allMatch(count -> count >= 0);
  }

  /// Counts the deliveries of an event whose row is missing or wrong. Another program changed it;
  /// the deliveries say what it must be.
  private Map<DeliveryStatus, Integer> recount(long seq) throws SQLException {
    LOG.log(
        Level.WARNING,
        "the table fan_out did not match the deliveries of the event with sequence "
            + seq
            + ", which were counted again: run `sluice storage check`");
    PreparedStatement recount = statements.of(FanOutSql.RECOUNT);
    recount.setLong(1, seq);
    recount.setLong(2, seq);
    Map<DeliveryStatus, Integer> counts = counts(recount);
    if (counts.isEmpty()) {
      throw new InconsistentStorageException("event " + seq + " has no deliveries");
    }
    return counts;
  }

  private static EventStatuses statuses(Map<DeliveryStatus, Integer> counts, Move move) {
    Set<DeliveryStatus> before = EnumSet.noneOf(DeliveryStatus.class);
    Set<DeliveryStatus> after = EnumSet.noneOf(DeliveryStatus.class);
    counts.forEach(
        (status, count) -> {
          if (count > 0) {
            after.add(status);
          }
          if (count > move.change(status)) {
            before.add(status);
          }
        });
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
