package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.EventReads;
import dev.sluice.adapter.jdbc.FinishedRow;
import dev.sluice.adapter.jdbc.LiveRow;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.adapter.jdbc.sqlite.sql.LiveSql;
import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.delivery.ReplayScope;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.lane.LanePlace;
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
import java.util.Set;

/// Operator actions on one event, in SQLite.
final class SqliteDeliveryControl implements DeliveryControl {

  private final SqliteDatabase database;
  private final Statements writing;
  private final DeliveryWrites deliveries;
  private final EventWrites events;

  SqliteDeliveryControl(
      SqliteDatabase database, Statements writing, DeliveryWrites deliveries, EventWrites events) {
    this.database = database;
    this.writing = writing;
    this.deliveries = deliveries;
    this.events = events;
  }

  /// Changes those deliveries of an event to which the action applies.
  private interface Control {
    /// @return their subscriptions
    List<SubscriptionName> apply(EventReads reads, long seq, Instant now) throws SQLException;
  }

  @Override
  public ControlResult replay(EventId id, ReplayScope scope, LanePlace place) {
    return control(
        id, scope.names(), (reads, seq, now) -> replay(reads.finished(seq), scope, place, now));
  }

  @Override
  public ControlResult cancel(EventId id, Set<SubscriptionName> subscriptions) {
    return control(
        id, subscriptions, (reads, seq, now) -> cancelWaiting(reads, seq, subscriptions, now));
  }

  @Override
  public ControlResult reschedule(EventId id, Instant deliverAt) {
    return control(
        id, Set.of(), (reads, seq, now) -> rescheduleUntried(reads, seq, deliverAt, now));
  }

  @Override
  public ControlResult discard(EventId id, Set<SubscriptionName> subscriptions) {
    return control(
        id, subscriptions, (reads, seq, now) -> discardDead(reads, seq, subscriptions, now));
  }

  @Override
  public int cancelWaiting(SubscriptionName subscription, int limit) {
    return database.write(
        () -> {
          List<LiveRow> waiting = waiting(subscription, limit);
          // Those behind in their lanes first: no row that was read moves up meanwhile.
          for (LiveRow row : waiting.reversed()) {
            deliveries.cancel(row, database.now());
          }
          return waiting.size();
        });
  }

  private List<LiveRow> waiting(SubscriptionName subscription, int limit) throws SQLException {
    PreparedStatement select = writing.of(LiveSql.WAITING_OF_SUBSCRIPTION);
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

  /// @param named the subscriptions that the action names
  private ControlResult control(EventId id, Set<SubscriptionName> named, Control control) {
    return database.writeUrgently(
        () -> {
          var reads = new EventReads(writing);
          Optional<Long> seq = reads.seqOf(id);
          if (seq.isEmpty()) {
            return new ControlResult.NotFound();
          }
          EventSummary before = reads.summary(seq.get());
          Optional<SubscriptionName> missing = before.firstWithoutDelivery(named);
          if (missing.isPresent()) {
            return new ControlResult.NoDelivery(before, missing.get());
          }
          List<SubscriptionName> changed = control.apply(reads, seq.get(), database.now());
          return changed.isEmpty()
              ? new ControlResult.NotAllowed(before)
              : new ControlResult.Changed(reads.summary(seq.get()), changed);
        });
  }

  private List<SubscriptionName> replay(
      List<FinishedRow> finished, ReplayScope scope, LanePlace place, Instant now)
      throws SQLException {
    var changed = new ArrayList<SubscriptionName>();
    for (FinishedRow row : finished) {
      if (scope.includes(row.snapshot())) {
        deliveries.replay(row, place, now);
        changed.add(row.subscription());
      }
    }
    return changed;
  }

  private List<SubscriptionName> discardDead(
      EventReads reads, long seq, Set<SubscriptionName> subscriptions, Instant now)
      throws SQLException {
    var changed = new ArrayList<SubscriptionName>();
    for (FinishedRow row : reads.finished(seq)) {
      if (row.state() instanceof DeliveryState.Failed
          && isMeant(row.subscription(), subscriptions)) {
        deliveries.discard(row, now);
        changed.add(row.subscription());
      }
    }
    return changed;
  }

  private List<SubscriptionName> cancelWaiting(
      EventReads reads, long seq, Set<SubscriptionName> subscriptions, Instant now)
      throws SQLException {
    var changed = new ArrayList<SubscriptionName>();
    for (LiveRow row : reads.live(seq)) {
      if (row.lease() == null && isMeant(row.subscription(), subscriptions)) {
        deliveries.cancel(row, now);
        changed.add(row.subscription());
      }
    }
    return changed;
  }

  private List<SubscriptionName> rescheduleUntried(
      EventReads reads, long seq, Instant deliverAt, Instant now) throws SQLException {
    var changed = new ArrayList<SubscriptionName>();
    for (LiveRow row : reads.live(seq)) {
      if (row.state() instanceof DeliveryState.Received received && received.isUntried()) {
        deliveries.reschedule(row, received.reschedule(deliverAt, now));
        changed.add(row.subscription());
      }
    }
    if (!changed.isEmpty()) {
      events.setDeliverAt(seq, reads.summary(seq).event(), deliverAt);
    }
    return changed;
  }

  private static boolean isMeant(SubscriptionName name, Set<SubscriptionName> subscriptions) {
    return subscriptions.isEmpty() || subscriptions.contains(name);
  }
}
