package dev.sluice.adapter.jdbc;

import dev.sluice.domain.delivery.DeliverySnapshot;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.port.EventFilter;
import java.lang.System.Logger.Level;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads many events over one connection, with a few statements however many events there are.
public final class EventBatchReads {

  private static final System.Logger LOG = System.getLogger(EventBatchReads.class.getName());

  /// Sorts here, because asking the database for an order can make it read a whole index.
  private static final Comparator<DeliverySnapshot> BY_NAME =
      Comparator.comparing(delivery -> delivery.subscription().value());

  private final Statements statements;
  private final Dialect dialect;

  public EventBatchReads(Statements statements) {
    this.statements = statements;
    this.dialect = statements.dialect();
  }

  /// An event that passes a filter, without its large columns.
  ///
  /// @param bytes of its payload and attributes
  record Head(long seq, int bytes) {}

  /// Returns the events that pass the filter, whatever their status, newest first.
  List<Head> heads(List<Long> seqs, EventFilter filter) throws SQLException {
    var heads = new ArrayList<Head>();
    try (ResultSet row = select(EventSql.heads(dialect), seqs).executeQuery()) {
      while (row.next()) {
        if (fits(row, filter)) {
          heads.add(new Head(row.getLong("seq"), row.getInt("bytes")));
        }
      }
    }
    return heads;
  }

  private static boolean fits(ResultSet row, EventFilter filter) throws SQLException {
    Instant occurredAt = Instant.ofEpochMilli(row.getLong("occurred_at"));
    String key = row.getString("event_key");
    String type = row.getString("type");
    return (filter.types().isEmpty()
            || filter.types().stream().anyMatch(wanted -> wanted.value().equals(type)))
        && (filter.keys().isEmpty() || (key != null && filter.keys().contains(key)))
        && !occurredAt.isBefore(filter.occurredFrom())
        && !occurredAt.isAfter(filter.occurredTo());
  }

  /// Returns the statuses of each event's deliveries; [EventStatus#UNROUTED] when it has none.
  Map<Long, Set<EventStatus>> statuses(List<Long> seqs) throws SQLException {
    Map<Long, Set<EventStatus>> statuses = new HashMap<>();
    try (ResultSet row = select(EventSql.liveStates(dialect), seqs).executeQuery()) {
      while (row.next()) {
        add(statuses, row.getLong(1), StatusCode.live(row.getInt(2)));
      }
    }
    try (ResultSet row = select(EventSql.finishedStatuses(dialect), seqs).executeQuery()) {
      while (row.next()) {
        add(statuses, row.getLong(1), StatusCode.finished(row.getInt(2)));
      }
    }
    seqs.forEach(seq -> statuses.computeIfAbsent(seq, _ -> EnumSet.of(EventStatus.UNROUTED)));
    return statuses;
  }

  private static void add(Map<Long, Set<EventStatus>> statuses, long seq, DeliveryStatus status) {
    statuses
        .computeIfAbsent(seq, _ -> EnumSet.noneOf(EventStatus.class))
        .add(EventStatus.of(status));
  }

  /// Returns the events whose payload contains the text.
  Set<Long> holding(String text, List<Long> seqs) throws SQLException {
    PreparedStatement select = select(EventSql.seqsWithText(dialect), seqs);
    select.setString(2, text);
    var found = new HashSet<Long>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        found.add(row.getLong(1));
      }
    }
    return found;
  }

  /// Returns the deliveries of each event that has any, in no order.
  Map<Long, List<DeliverySnapshot>> deliveries(List<Long> seqs) throws SQLException {
    Map<Long, List<DeliverySnapshot>> deliveries = new HashMap<>();
    try (ResultSet row = select(EventSql.liveRows(dialect), seqs).executeQuery()) {
      while (row.next()) {
        LiveRow live = LiveRow.read(row);
        deliveries.computeIfAbsent(live.seq(), _ -> new ArrayList<>()).add(live.snapshot());
      }
    }
    try (ResultSet row = select(EventSql.finishedRows(dialect), seqs).executeQuery()) {
      while (row.next()) {
        FinishedRow finished = FinishedRow.read(row);
        deliveries.computeIfAbsent(finished.seq(), _ -> new ArrayList<>()).add(finished.snapshot());
      }
    }
    return deliveries;
  }

  /// Returns the events with their deliveries, in the order of `seqs`. A damaged event is omitted
  /// and logged: it must not hide the others.
  public List<EventSummary> summaries(List<Long> seqs) throws SQLException {
    Map<Long, List<DeliverySnapshot>> deliveries = deliveries(seqs);
    Map<Long, Event> events = events(seqs);
    var summaries = new ArrayList<EventSummary>();
    for (long seq : seqs) {
      Event event = events.get(seq);
      if (event != null) {
        List<DeliverySnapshot> snapshots = deliveries.getOrDefault(seq, List.of());
        summaries.add(new EventSummary(event, snapshots.stream().sorted(BY_NAME).toList()));
      }
    }
    return summaries;
  }

  /// Returns the events by sequence, except damaged ones.
  Map<Long, Event> events(List<Long> seqs) throws SQLException {
    Map<Long, Event> events = new HashMap<>();
    try (ResultSet row = select(EventSql.eventRows(dialect), seqs).executeQuery()) {
      while (row.next()) {
        try {
          events.put(row.getLong("seq"), EventRows.read(row));
        } catch (DamagedRowException e) {
          LOG.log(Level.ERROR, "omitted from the results: " + e.getMessage());
        }
      }
    }
    return events;
  }

  private PreparedStatement select(String sql, List<Long> seqs) throws SQLException {
    PreparedStatement select = statements.of(sql);
    dialect.bind(select, 1, seqs);
    return select;
  }
}
