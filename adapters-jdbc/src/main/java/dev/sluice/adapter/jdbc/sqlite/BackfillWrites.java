package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.EventReads;
import dev.sluice.adapter.jdbc.FinishedRow;
import dev.sluice.adapter.jdbc.LiveRow;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.port.BackfillChoice;
import dev.sluice.domain.subscription.SubscriptionName;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Adds deliveries to stored events within the writer's transaction.
final class BackfillWrites {

  private static final String DELETE_UNROUTED =
      "delete from finished where status = 0 and seq = ? and subscription = ''";

  private static final String WIDEN_LIVE =
      "update live set siblings = ? where state in (0, 1, 2) and seq = ?";

  private static final String WIDEN_FINISHED =
      "update finished set siblings = ? where status in (1, 2, 3, 4) and seq = ?";

  private final Statements statements;
  private final EventReads reads;
  private final FanOuts fanOuts;
  private final DeliveryWrites deliveries;
  private final WriterCache writerCache;

  BackfillWrites(Statements statements, DeliveryWrites deliveries, WriterCache writerCache) {
    this.statements = statements;
    this.reads = new EventReads(statements);
    this.fanOuts = new FanOuts(statements);
    this.deliveries = deliveries;
    this.writerCache = writerCache;
  }

  /// Adds a delivery to an event.
  ///
  /// @return whether there was none in this subscription
  boolean add(long seq, Event event, SubscriptionName subscription, Instant now)
      throws SQLException {
    List<LiveRow> live = reads.live(seq);
    List<FinishedRow> finished = reads.finished(seq);
    boolean isThere =
        live.stream().anyMatch(row -> row.subscription().equals(subscription))
            || finished.stream().anyMatch(row -> row.subscription().equals(subscription));
    if (!isThere) {
      List<DeliveryStatus> statuses = statuses(live, finished);
      writerCache.count(EventStatus.of(statuses), -1);
      statuses.add(DeliveryStatus.RECEIVED);
      writerCache.count(EventStatus.of(statuses), 1);
      int siblings = statuses.size();
      widen(seq, siblings, live);
      if (siblings > 1) {
        fanOuts.set(seq, statuses);
      }
      deliveries.enter(
          LiveRow.of(seq, subscription, siblings, BackfillChoice.received(event, now)), event);
    }
    return !isThere;
  }

  private static List<DeliveryStatus> statuses(List<LiveRow> live, List<FinishedRow> finished) {
    var statuses = new ArrayList<DeliveryStatus>();
    live.forEach(row -> statuses.add(row.status()));
    finished.forEach(row -> statuses.add(row.state().status()));
    return statuses;
  }

  /// Records how many deliveries the event has from now on, with each of those that it has.
  private void widen(long seq, int siblings, List<LiveRow> live) throws SQLException {
    if (siblings == 1) {
      PreparedStatement delete = statements.of(DELETE_UNROUTED);
      delete.setLong(1, seq);
      delete.executeUpdate();
      return;
    }
    for (String sql : List.of(WIDEN_LIVE, WIDEN_FINISHED)) {
      PreparedStatement update = statements.of(sql);
      update.setInt(1, siblings);
      update.setLong(2, seq);
      update.executeUpdate();
    }
    live.forEach(row -> writerCache.widen(row, siblings));
  }
}
