package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.EpochNanos;
import dev.sluice.adapter.jdbc.EventReads;
import dev.sluice.adapter.jdbc.EventRows;
import dev.sluice.adapter.jdbc.EventSql;
import dev.sluice.adapter.jdbc.FinishedRow;
import dev.sluice.adapter.jdbc.LiveRow;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.adapter.jdbc.response.ResponseRows;
import dev.sluice.domain.delivery.DeliverySnapshot;
import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.event.ContentDigest;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.port.ExistingEvent;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.subscription.Ordering;
import dev.sluice.domain.subscription.SubscriptionName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Stores and deletes events within the writer's transaction.
final class EventWrites {

  private static final int PAGES_BACK = 256;

  private final Statements statements;
  private final EventReads reads;
  private final FanOuts fanOuts;
  private final DeliveryWrites deliveries;
  private final WriterCache writerCache;
  private final TimeRanges timeRanges;
  private final LaneArrangements lanes;

  EventWrites(
      Statements statements,
      DeliveryWrites deliveries,
      WriterCache writerCache,
      TimeRanges timeRanges,
      LaneArrangements lanes) {
    this.statements = statements;
    this.reads = new EventReads(statements);
    this.fanOuts = new FanOuts(statements);
    this.deliveries = deliveries;
    this.writerCache = writerCache;
    this.timeRanges = timeRanges;
    this.lanes = lanes;
  }

  /// Stores each event whose id is free.
  ///
  /// @return a summary of each stored event; null where the id is taken. The other event with that
  ///   id is not read, because all writes wait for the writer
  List<@Nullable EventSummary> append(List<NewEvent> batch, Instant now) throws SQLException {
    var stored = new ArrayList<@Nullable EventSummary>(batch.size());
    for (NewEvent newEvent : batch) {
      stored.add(append(newEvent, now));
    }
    return stored;
  }

  private @Nullable EventSummary append(NewEvent newEvent, Instant now) throws SQLException {
    Event event = newEvent.event();
    long seq = writerCache.nextSeq();
    if (!EventRows.insert(statements, seq, newEvent)) {
      return null;
    }
    writerCache.took(seq, event);
    timeRanges.add(seq, event.occurredAt());
    List<DeliverySnapshot> snapshots = enterDeliveries(seq, newEvent, now);
    if (snapshots.isEmpty()) {
      insertUnrouted(seq, event.receivedAt());
    } else if (snapshots.size() > 1) {
      fanOuts.add(seq, snapshots.size());
    }
    writerCache.count(snapshots.isEmpty() ? EventStatus.UNROUTED : EventStatus.RECEIVED, 1);
    return new EventSummary(event, snapshots);
  }

  private List<DeliverySnapshot> enterDeliveries(long seq, NewEvent newEvent, Instant now)
      throws SQLException {
    var snapshots = new ArrayList<DeliverySnapshot>();
    for (SubscriptionName subscription : newEvent.subscriptions()) {
      DeliveryState.Received received = newEvent.received(subscription, now);
      Ordering ordering = newEvent.ordered().get(subscription);
      if (ordering != null) {
        lanes.routed(subscription, ordering);
      }
      deliveries.enter(
          LiveRow.of(seq, subscription, newEvent.subscriptions().size(), received),
          newEvent.event());
      snapshots.add(new DeliverySnapshot(subscription, received));
    }
    return snapshots;
  }

  private void insertUnrouted(long seq, Instant receivedAt) throws SQLException {
    PreparedStatement insert = statements.of(EventSql.INSERT_UNROUTED);
    insert.setLong(1, seq);
    insert.setLong(2, EpochNanos.of(receivedAt));
    insert.executeUpdate();
  }

  /// Changes the time before which no delivery of the event begins.
  void setDeliverAt(long seq, Event event, Instant time) throws SQLException {
    PreparedStatement update = statements.of(EventSql.SET_ATTRIBUTES);
    update.setString(1, EventRows.text(event.withDeliverAt(time).attributes()));
    update.setLong(2, seq);
    update.executeUpdate();
    writerCache.forgetRecent(seq);
  }

  /// Stores the digest of an event, if the event exists.
  ///
  /// @return how many events that was
  int keepDigest(ExistingEvent event) throws SQLException {
    PreparedStatement update = statements.of(EventSql.KEEP_DIGEST);
    update.setString(1, event.digest().map(ContentDigest::value).orElse(null));
    update.setLong(2, event.sequence());
    update.setString(3, event.id().value());
    return update.executeUpdate();
  }

  /// Deletes up to `limit` events that finished before the time, oldest first.
  int purge(Instant finishedBefore, int limit) throws SQLException {
    Collection<Long> old = fanOuts.purgeable(finishedBefore, limit);
    for (long seq : old) {
      forget(seq);
    }
    if (!old.isEmpty()) {
      timeRanges.forgetBefore(statements, number(EventSql.FIRST_SEQ));
      shrink();
    }
    return old.size();
  }

  /// Shrinks the file a little when more than half of it is free. Less is soon used again.
  private void shrink() throws SQLException {
    if (number("pragma freelist_count") > number("pragma page_count") / 2) {
      var _ = giveRoomBack(PAGES_BACK);
    }
  }

  /// Shrinks the file by up to this many pages.
  ///
  /// @return whether it could shrink more
  boolean giveRoomBack(int pages) throws SQLException {
    statements.execute("pragma incremental_vacuum(" + pages + ")");
    return number("pragma freelist_count") > 0;
  }

  private void forget(long seq) throws SQLException {
    List<FinishedRow> finished = reads.finished(seq);
    List<DeliveryStatus> statuses = finished.stream().map(row -> row.state().status()).toList();
    writerCache.count(EventStatus.of(statuses), -1);
    statuses.forEach(status -> writerCache.count(status, -1));
    delete(EventSql.DELETE_FINISHED_OF_EVENT, seq);
    delete(EventSql.DELETE_ATTEMPTS_OF_EVENT, seq);
    ResponseRows.deleteOf(statements, seq);
    delete(EventSql.DELETE_EVENT, seq);
    if (statuses.size() > 1) {
      fanOuts.remove(seq);
    }
  }

  private void delete(String sql, long seq) throws SQLException {
    PreparedStatement delete = statements.of(sql);
    delete.setLong(1, seq);
    delete.executeUpdate();
  }

  private long number(String sql) throws SQLException {
    try (ResultSet row = statements.of(sql).executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }
}
