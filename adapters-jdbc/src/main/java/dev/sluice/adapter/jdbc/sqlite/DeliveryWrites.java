package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.AttemptRows;
import dev.sluice.adapter.jdbc.EpochNanos;
import dev.sluice.adapter.jdbc.EventRows;
import dev.sluice.adapter.jdbc.EventSql;
import dev.sluice.adapter.jdbc.FinishedRow;
import dev.sluice.adapter.jdbc.LiveRow;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.adapter.jdbc.StatusCode;
import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Lease;
import dev.sluice.domain.delivery.Resolution;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Changes the state of deliveries within the writer's transaction, and updates the counts.
final class DeliveryWrites {

  private final Statements statements;
  private final FanOuts fanOuts;
  private final WriterCache writerCache;
  private final WorkSignal signal;

  DeliveryWrites(Statements statements, WriterCache writerCache, WorkSignal signal) {
    this.statements = statements;
    this.fanOuts = new FanOuts(statements);
    this.writerCache = writerCache;
    this.signal = signal;
  }

  /// A change of one delivery.
  private record Change(long seq, int siblings, DeliveryStatus before, DeliveryStatus after) {}

  /// What a change does to the rows of the delivery.
  private interface RowChange {
    void run() throws SQLException;
  }

  /// Adds a waiting delivery; the caller counts its event.
  void enter(LiveRow row) throws SQLException {
    insertWaiting(row);
    writerCache.count(row.status(), 1);
  }

  /// Leases a waiting delivery to a worker.
  LiveRow claim(LiveRow row, Lease lease) throws SQLException {
    LiveRow leased = row.leasedAs(row.waiting().claim(lease));
    change(
        new Change(row.seq(), row.siblings(), row.status(), leased.status()),
        lease.startedAt(),
        () -> lease(leased));
    return leased;
  }

  /// Extends the lease of a delivery.
  LiveRow extend(LiveRow row, Instant expiresAt) throws SQLException {
    LiveRow extended = row.leasedAs(row.processing().extend(expiresAt));
    PreparedStatement update = statements.of(EventSql.EXTEND_LEASE);
    update.setLong(1, EpochNanos.of(expiresAt));
    extended.bindKey(update, 2);
    one(update);
    return extended;
  }

  /// Ends the attempt in progress.
  ///
  /// @param subscriptionVersion the version under which it was made
  void settle(LiveRow row, Resolution resolution, long subscriptionVersion, Instant now)
      throws SQLException {
    DeliveryState.Processing processing = row.processing();
    DeliveryState after = processing.settle(resolution, now);
    switch (after) {
      case DeliveryState.Expired expired -> {
        keepAttempt(row, resolution, subscriptionVersion, now);
        finish(row, expired, null, 0);
      }
      case DeliveryState.Finished finished ->
          finish(row, finished, processing.lease(), subscriptionVersion);
      case DeliveryState.Waiting waiting -> {
        keepAttempt(row, resolution, subscriptionVersion, now);
        wait(row, row.waitingAs(waiting));
      }
      case DeliveryState.Processing _ ->
          throw new IllegalStateException("a settled delivery is still processing: " + row);
    }
  }

  private void keepAttempt(
      LiveRow row, Resolution resolution, long subscriptionVersion, Instant now)
      throws SQLException {
    DeliveryState.Processing processing = row.processing();
    Attempt ended =
        Attempt.begun(processing.attempts().started(), processing.lease())
            .ended(resolution, now)
            .under(subscriptionVersion);
    AttemptRows.insert(statements, row.seq(), row.subscription(), ended);
  }

  /// Cancels a waiting delivery.
  void cancel(LiveRow row, Instant now) throws SQLException {
    finish(row, row.waiting().cancel(now), null, 0);
  }

  /// Moves the first attempt of a waiting delivery.
  ///
  /// @param received its state from now on
  void reschedule(LiveRow row, DeliveryState.Received received) throws SQLException {
    wait(row, row.waitingAs(received));
  }

  /// Replays a finished delivery; its last attempt becomes history.
  void replay(FinishedRow row, Instant now) throws SQLException {
    LiveRow waiting =
        LiveRow.of(row.seq(), row.subscription(), row.siblings(), row.state().replay(now));
    change(
        new Change(row.seq(), row.siblings(), row.state().status(), waiting.status()),
        now,
        () -> {
          keepLastAttempt(row);
          deleteFinished(row);
          insertWaiting(waiting);
          EventRows.removeExpiry(statements, row.seq());
          writerCache.forgetRecent(row.seq());
        });
  }

  /// Discards a dead letter; its last attempt becomes history.
  void discard(FinishedRow row, Instant now) throws SQLException {
    if (!(row.state() instanceof DeliveryState.Failed failed)) {
      throw new IllegalStateException("only dead letters can be discarded: " + row);
    }
    var discarded =
        new FinishedRow(
            row.seq(), row.subscription(), row.siblings(), failed.discard(now), null, 0);
    change(
        new Change(row.seq(), row.siblings(), failed.status(), discarded.state().status()),
        now,
        () -> {
          keepLastAttempt(row);
          deleteFinished(row);
          insertFinished(discarded);
        });
  }

  private void keepLastAttempt(FinishedRow row) throws SQLException {
    Optional<Attempt> last = row.lastAttempt();
    if (last.isPresent()) {
      AttemptRows.insert(statements, row.seq(), row.subscription(), last.get());
    }
  }

  private void finish(
      LiveRow row, DeliveryState.Finished state, @Nullable Lease lease, long subscriptionVersion)
      throws SQLException {
    var finished =
        new FinishedRow(
            row.seq(), row.subscription(), row.siblings(), state, lease, subscriptionVersion);
    change(
        new Change(row.seq(), row.siblings(), row.status(), state.status()),
        state.finishedAt(),
        () -> {
          deleteLive(row);
          insertFinished(finished);
        });
  }

  private void insertFinished(FinishedRow row) throws SQLException {
    PreparedStatement insert = statements.of(EventSql.INSERT_FINISHED);
    row.bind(insert);
    one(insert);
  }

  private void wait(LiveRow before, LiveRow after) throws SQLException {
    change(
        new Change(before.seq(), before.siblings(), before.status(), after.status()),
        after.enteredAt(),
        () -> {
          deleteLive(before);
          insertWaiting(after);
        });
  }

  /// Changes the rows and updates the counts. With one delivery, the event's status is the
  /// delivery's; otherwise it follows from the counts of the event.
  private void change(Change change, Instant now, RowChange rows) throws SQLException {
    rows.run();
    writerCache.count(change.before(), -1);
    writerCache.count(change.after(), 1);
    if (change.siblings() == 1) {
      writerCache.count(EventStatus.of(change.before()), -1);
      writerCache.count(EventStatus.of(change.after()), 1);
    } else {
      var move = new FanOuts.Move(change.seq(), change.before(), change.after());
      FanOuts.EventStatuses event = fanOuts.move(move, now);
      writerCache.count(event.before(), -1);
      writerCache.count(event.after(), 1);
    }
  }

  private void insertWaiting(LiveRow row) throws SQLException {
    PreparedStatement insert = statements.of(EventSql.INSERT_WAITING);
    row.bindWaiting(insert);
    one(insert);
    signal.workArrived(Backlog.of(row), row.subscription(), row.dueAt());
  }

  private void lease(LiveRow row) throws SQLException {
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

  private void deleteLive(LiveRow row) throws SQLException {
    PreparedStatement delete = statements.of(EventSql.DELETE_LIVE);
    row.bindKey(delete, 1);
    one(delete);
  }

  private void deleteFinished(FinishedRow row) throws SQLException {
    PreparedStatement delete = statements.of(EventSql.DELETE_FINISHED);
    delete.setInt(1, StatusCode.of(row.state()));
    delete.setLong(2, row.seq());
    delete.setString(3, row.subscription().value());
    one(delete);
  }

  /// Writer cache and database must agree. If they do not, nothing of the transaction may stay, and
  /// a retry would only fail again.
  private static void one(PreparedStatement statement) throws SQLException {
    int changed = statement.executeUpdate();
    if (changed != 1) {
      throw new InconsistentStorageException("expected to change one row, but changed " + changed);
    }
  }
}
