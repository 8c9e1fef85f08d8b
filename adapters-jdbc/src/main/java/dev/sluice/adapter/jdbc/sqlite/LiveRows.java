package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.EpochNanos;
import dev.sluice.adapter.jdbc.EventSql;
import dev.sluice.adapter.jdbc.LiveRow;
import dev.sluice.adapter.jdbc.LiveRow.LaneSpot;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.adapter.jdbc.sqlite.sql.LaneSql;
import dev.sluice.domain.delivery.DeliveryState;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;

/// Writes the rows of unfinished deliveries within the writer's transaction.
final class LiveRows {

  private final Statements statements;
  private final WorkSignal signal;
  private final PriorityLines priorities;

  LiveRows(Statements statements, WorkSignal signal, PriorityLines priorities) {
    this.statements = statements;
    this.signal = signal;
    this.priorities = priorities;
  }

  void insertWaiting(LiveRow row) throws SQLException {
    PreparedStatement insert = statements.of(EventSql.INSERT_WAITING);
    row.bindWaiting(insert);
    one(insert);
    priorities.entered(row);
    if (!row.isBehind()) {
      signal.workArrived(Backlog.of(row), row.subscription(), row.dueAt());
    }
  }

  void lease(LiveRow row) throws SQLException {
    DeliveryState.Processing processing = row.processing();
    PreparedStatement update = statements.of(EventSql.LEASE);
    update.setString(1, processing.lease().worker().value());
    update.setLong(2, EpochNanos.of(processing.lease().startedAt()));
    update.setLong(3, EpochNanos.of(processing.lease().expiresAt()));
    update.setInt(4, processing.attempts().started());
    update.setInt(5, processing.attempts().spent());
    row.bindKey(update, 6);
    one(update);
  }

  void extend(LiveRow row, Instant expiresAt) throws SQLException {
    PreparedStatement update = statements.of(EventSql.EXTEND_LEASE);
    update.setLong(1, EpochNanos.of(expiresAt));
    row.bindKey(update, 2);
    one(update);
  }

  /// Stores that a leased delivery is the head of a lane from now on.
  void joinLane(LiveRow leased, LaneSpot spot) throws SQLException {
    PreparedStatement update = statements.of(LaneSql.JOIN);
    update.setString(1, spot.key());
    update.setLong(2, spot.position());
    leased.bindKey(update, 3);
    one(update);
  }

  void delete(LiveRow row) throws SQLException {
    PreparedStatement delete = statements.of(EventSql.DELETE_LIVE);
    row.bindKey(delete, 1);
    one(delete);
  }

  /// Writer cache and database must agree. If they do not, nothing of the transaction may stay, and
  /// a retry would only fail again.
  static void one(PreparedStatement statement) throws SQLException {
    int changed = statement.executeUpdate();
    if (changed != 1) {
      throw new InconsistentStorageException("expected to change one row, but changed " + changed);
    }
  }
}
