package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.EventReads;
import dev.sluice.adapter.jdbc.EventSql;
import dev.sluice.adapter.jdbc.FinishedRow;
import dev.sluice.adapter.jdbc.LiveRow;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.ControlResult;
import dev.sluice.domain.port.DeliveryControl;
import dev.sluice.domain.subscription.SubscriptionName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Operator actions on one event, in SQLite.
final class SqliteDeliveryControl implements DeliveryControl {

  private final SqliteDatabase database;
  private final Statements writing;
  private final DeliveryWrites deliveries;

  SqliteDeliveryControl(SqliteDatabase database, Statements writing, DeliveryWrites deliveries) {
    this.database = database;
    this.writing = writing;
    this.deliveries = deliveries;
  }

  /// Changes those deliveries of an event to which the action applies.
  private interface Control {
    /// @return how many
    int apply(EventReads reads, long seq, Instant now) throws SQLException;
  }

  @Override
  public ControlResult replay(EventId id) {
    return control(id, this::replayFinished);
  }

  @Override
  public ControlResult cancel(EventId id) {
    return control(id, this::cancelWaiting);
  }

  @Override
  public ControlResult discard(EventId id) {
    return control(id, this::discardDead);
  }

  @Override
  public int cancelWaiting(SubscriptionName subscription, int limit) {
    return database.write(
        () -> {
          List<LiveRow> waiting = waiting(subscription, limit);
          for (LiveRow row : waiting) {
            deliveries.cancel(row, database.now());
          }
          return waiting.size();
        });
  }

  private List<LiveRow> waiting(SubscriptionName subscription, int limit) throws SQLException {
    PreparedStatement select = writing.of(EventSql.WAITING_OF_SUBSCRIPTION);
    select.setString(1, subscription.value());
    select.setInt(2, limit);
    var waiting = new ArrayList<LiveRow>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        waiting.add(LiveRow.read(row));
      }
    }
    return waiting;
  }

  private ControlResult control(EventId id, Control control) {
    return database.writeUrgently(
        () -> {
          var reads = new EventReads(writing);
          Optional<Long> seq = reads.seqOf(id);
          if (seq.isEmpty()) {
            return new ControlResult.NotFound();
          }
          int changed = control.apply(reads, seq.get(), database.now());
          return changed == 0
              ? new ControlResult.NotAllowed(reads.summary(seq.get()))
              : new ControlResult.Changed(reads.summary(seq.get()), changed);
        });
  }

  private int replayFinished(EventReads reads, long seq, Instant now) throws SQLException {
    int changed = 0;
    for (FinishedRow row : reads.finished(seq)) {
      deliveries.replay(row, now);
      changed++;
    }
    return changed;
  }

  private int discardDead(EventReads reads, long seq, Instant now) throws SQLException {
    int changed = 0;
    for (FinishedRow row : reads.finished(seq)) {
      if (row.state() instanceof DeliveryState.Failed) {
        deliveries.discard(row, now);
        changed++;
      }
    }
    return changed;
  }

  private int cancelWaiting(EventReads reads, long seq, Instant now) throws SQLException {
    int changed = 0;
    for (LiveRow row : reads.live(seq)) {
      if (row.lease() == null) {
        deliveries.cancel(row, now);
        changed++;
      }
    }
    return changed;
  }
}
