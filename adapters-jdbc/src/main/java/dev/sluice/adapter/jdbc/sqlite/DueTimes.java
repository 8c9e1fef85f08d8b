package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.DueTime;
import dev.sluice.adapter.jdbc.EpochNanos;
import dev.sluice.adapter.jdbc.EventSql;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.adapter.jdbc.sqlite.sql.LiveSql;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.time.ClockReading;
import dev.sluice.domain.time.TimeSource;
import java.lang.System.Logger.Level;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/// Corrects times when the wall clock is set back: due deliveries stay due, and retries wait for as
/// long as before, not until the clock reaches their time again. Scheduled deliveries wait for
/// their time. Works within the writer's transaction.
final class DueTimes {

  private static final System.Logger LOG = System.getLogger(DueTimes.class.getName());

  private final Statements statements;
  private final WriterCache writerCache;
  private final DueDeliveries dueDeliveries;
  private final WorkSignal signal;
  private final TimeSource time;
  private ClockReading last;

  DueTimes(
      Statements statements,
      WriterCache writerCache,
      DueDeliveries dueDeliveries,
      WorkSignal signal,
      TimeSource time) {
    this.statements = statements;
    this.writerCache = writerCache;
    this.dueDeliveries = dueDeliveries;
    this.signal = signal;
    this.time = time;
    this.last = ClockReading.of(time);
  }

  /// Called at the start: the clock may have been set back while no process ran. The newest event
  /// was received before now, whatever its time says.
  void followClockSinceLastProcess() throws SQLException {
    try (ResultSet row = statements.of(EventSql.LAST_RECEIVED).executeQuery()) {
      if (row.next()) {
        Instant received = EpochNanos.toInstant(row.getLong(1));
        follow(new ClockReading(received, last.nanos()).setBackUntil(last), last.wall());
      }
    }
  }

  /// Called before each claim.
  void followClock() throws SQLException {
    ClockReading now = ClockReading.of(time);
    ClockReading before = last;
    last = now;
    // If the transaction is rolled back, the next one must see the step again.
    writerCache.onRollback(() -> last = before);
    follow(before.setBackUntil(now), now.wall());
  }

  private void follow(Duration setBack, Instant now) throws SQLException {
    if (setBack.isZero()) {
      return;
    }
    LOG.log(Level.WARNING, "the clock was set back by {0}; moved due times back as well", setBack);
    long nanos = EpochNanos.of(now);
    for (SubscriptionName subscription : dueDeliveries.subscriptions()) {
      follow(subscription, setBack, nanos);
      for (Backlog backlog : Backlog.values()) {
        signal.workArrived(backlog, subscription, now);
      }
    }
  }

  private void follow(SubscriptionName subscription, Duration setBack, long now)
      throws SQLException {
    follow(subscription, setBack, now, Long.MAX_VALUE);
    follow(subscription, setBack, now - DueTime.PARKED, 0);
    PreparedStatement scheduled = statements.of(LiveSql.FOLLOW_CLOCK_OF_SCHEDULED);
    scheduled.setLong(1, now);
    scheduled.setString(2, subscription.value());
    scheduled.setLong(3, now);
    scheduled.executeUpdate();
  }

  /// @param now as the column has it in a range
  /// @param end of that range
  private void follow(SubscriptionName subscription, Duration setBack, long now, long end)
      throws SQLException {
    PreparedStatement update = statements.of(LiveSql.FOLLOW_CLOCK);
    update.setLong(1, now);
    update.setLong(2, setBack.toNanos());
    update.setLong(3, setBack.toNanos());
    update.setString(4, subscription.value());
    update.setLong(5, now);
    update.setLong(6, end);
    update.executeUpdate();
  }
}
