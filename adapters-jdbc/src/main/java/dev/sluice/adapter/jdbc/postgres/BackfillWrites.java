package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.BulkJobRows;
import dev.sluice.adapter.jdbc.DueTime;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.adapter.jdbc.postgres.sql.BackfillSql;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.port.BackfillChoice;
import dev.sluice.domain.port.BulkJob;
import dev.sluice.domain.port.BulkStep;
import dev.sluice.domain.port.BulkStep.ChangedEvent;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.subscription.SubscriptionName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Adds deliveries to stored events within the transaction of a step.
///
/// A delivery is added only while all others of the event are locked: the number of deliveries is
/// stored with each, and who changes one of them reads it there. Events that others are changing at
/// this moment are not waited for.
final class BackfillWrites {

  private final Statements statements;
  private final DatabaseClock clock;

  BackfillWrites(Statements statements, DatabaseClock clock) {
    this.statements = statements;
    this.clock = clock;
  }

  /// A stored event.
  ///
  /// @param locked how many of its deliveries are locked; an unrouted event has a row for none
  /// @param siblings how many it has
  /// @param isThere whether one of them is in the subscription
  /// @param isFanned whether its counts by status are locked
  private record Locked(long seq, int locked, int siblings, boolean isThere, boolean isFanned) {

    /// Returns whether others are changing it.
    boolean isBusy() {
      return !isThere && (locked != Math.max(1, siblings) || (siblings > 1 && !isFanned));
    }
  }

  /// An event that gets a delivery.
  ///
  /// @param deliverAt the time before which it does not begin
  private record Added(Locked event, Instant deliverAt) {}

  /// Makes the deliveries of a step and stores the job's progress.
  BulkStep step(BulkJob job, BackfillChoice choice) throws SQLException {
    SubscriptionName subscription = job.plan().backfill().orElseThrow().subscription();
    Map<String, Locked> stored = lock(choice.events(), subscription);
    var added = new ArrayList<Added>();
    var changed = new ArrayList<ChangedEvent>();
    Cursor last = job.position();
    int seen = 0;
    for (Event event : choice.events()) {
      Locked found = stored.get(event.id().value());
      if (found != null && found.isBusy()) {
        break;
      }
      seen++;
      if (found != null) {
        last = new Cursor(found.seq());
        if (!found.isThere()) {
          added.add(new Added(found, event.deliverAt()));
          changed.add(ChangedEvent.of(event, subscription));
        }
      }
    }
    add(added, subscription);
    Cursor next = seen == choice.events().size() ? choice.next().orElse(last) : last;
    BulkJob after =
        job.advanced(changed.size(), seen - changed.size(), next, clock.now(statements));
    new BulkJobRows(statements).advance(after);
    return new BulkStep(after, changed);
  }

  private Map<String, Locked> lock(List<Event> events, SubscriptionName subscription)
      throws SQLException {
    var stored = new HashMap<String, Locked>();
    PreparedStatement lock = statements.of(BackfillSql.LOCK);
    int next = new ArrayParameters<>(lock, 1, events).texts(event -> event.id().value()).next();
    lock.setString(next, subscription.value());
    try (ResultSet row = lock.executeQuery()) {
      while (row.next()) {
        stored.put(
            row.getString("id"),
            new Locked(
                row.getLong("seq"),
                row.getInt("locked"),
                row.getInt("siblings"),
                row.getBoolean("is_there"),
                row.getBoolean("is_fanned")));
      }
    }
    return stored;
  }

  private void add(List<Added> events, SubscriptionName subscription) throws SQLException {
    if (events.isEmpty()) {
      return;
    }
    PreparedStatement add = statements.of(BackfillSql.ADD);
    clock.bind(add);
    int next =
        new ArrayParameters<>(add, 2, events)
            .longs(added -> added.event().seq())
            .integers(added -> added.event().siblings())
            .longs(added -> DueTime.column(added.deliverAt()))
            .next();
    add.setString(next, subscription.value());
    try (ResultSet row = add.executeQuery()) {
      row.next();
    }
  }
}
