package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.AttemptRows;
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
import dev.sluice.domain.event.Event;
import dev.sluice.domain.lane.LanePlace;
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
  private final LiveRows rows;
  private final LaneWrites lanes;

  DeliveryWrites(Statements statements, WriterCache writerCache, LiveRows rows, LaneWrites lanes) {
    this.statements = statements;
    this.fanOuts = new FanOuts(statements);
    this.writerCache = writerCache;
    this.rows = rows;
    this.lanes = lanes;
  }

  /// A change of one delivery.
  private record Change(long seq, int siblings, DeliveryStatus before, DeliveryStatus after) {}

  /// What a change does to the rows of the delivery.
  private interface RowChange {
    void run() throws SQLException;
  }

  /// Adds a waiting delivery; the caller counts its event.
  void enter(LiveRow row, Event event) throws SQLException {
    LiveRow prioritized = row.withPriority(event.attributes().priority());
    rows.insertWaiting(lanes.joined(prioritized, event.attributes().key()));
    writerCache.count(row.status(), 1);
  }

  /// Leases a waiting delivery to a worker.
  LiveRow claim(LiveRow row, Lease lease) throws SQLException {
    LiveRow leased = row.leasedAs(row.waiting().claim(lease));
    change(
        new Change(row.seq(), row.siblings(), row.status(), leased.status()),
        lease.startedAt(),
        () -> rows.lease(leased));
    return leased;
  }

  /// Extends the lease of a delivery.
  LiveRow extend(LiveRow row, Instant expiresAt) throws SQLException {
    LiveRow extended = row.leasedAs(row.processing().extend(expiresAt));
    rows.extend(extended, expiresAt);
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
        wait(row, lanes.waitsAgain(row.waitingAs(waiting)));
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
  ///
  /// @param place where it enters its lane
  void replay(FinishedRow row, LanePlace place, Instant now) throws SQLException {
    LiveRow waiting =
        lanes.rejoined(
            LiveRow.of(row.seq(), row.subscription(), row.siblings(), row.state().replay(now))
                .withPriority(EventRows.priority(statements, row.seq())),
            place);
    change(
        new Change(row.seq(), row.siblings(), row.state().status(), waiting.status()),
        now,
        () -> {
          keepLastAttempt(row);
          deleteFinished(row);
          rows.insertWaiting(waiting);
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
    lanes.discarded(row);
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
          rows.delete(row);
          insertFinished(finished);
        });
    lanes.finished(row, state);
  }

  private void insertFinished(FinishedRow row) throws SQLException {
    PreparedStatement insert = statements.of(EventSql.INSERT_FINISHED);
    row.bind(insert);
    LiveRows.one(insert);
  }

  private void wait(LiveRow before, LiveRow after) throws SQLException {
    change(
        new Change(before.seq(), before.siblings(), before.status(), after.status()),
        after.enteredAt(),
        () -> {
          rows.delete(before);
          rows.insertWaiting(after);
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

  private void deleteFinished(FinishedRow row) throws SQLException {
    PreparedStatement delete = statements.of(EventSql.DELETE_FINISHED);
    delete.setInt(1, StatusCode.of(row.state()));
    delete.setLong(2, row.seq());
    delete.setString(3, row.subscription().value());
    LiveRows.one(delete);
  }
}
