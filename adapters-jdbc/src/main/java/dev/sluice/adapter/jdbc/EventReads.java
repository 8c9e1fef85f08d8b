package dev.sluice.adapter.jdbc;

import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.DeliverySnapshot;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.EventRecord;
import dev.sluice.domain.delivery.EventRecord.History;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.ExistingEvent;
import dev.sluice.domain.subscription.SubscriptionName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads events with their deliveries over one connection.
public final class EventReads {

  private final Statements statements;

  public EventReads(Statements statements) {
    this.statements = statements;
  }

  /// Returns the sequence of the event with this id.
  public Optional<Long> seqOf(EventId id) throws SQLException {
    PreparedStatement select = statements.of(EventSql.SEQ_OF_ID);
    select.setString(1, id.value());
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
    }
  }

  /// Returns the cursor just before the newest event.
  public Cursor newest() throws SQLException {
    try (ResultSet row = statements.of(EventSql.LAST_SEQ).executeQuery()) {
      row.next();
      return new Cursor(row.getLong(1) + 1);
    }
  }

  private long routedBy(long seq) throws SQLException {
    PreparedStatement select = statements.of(EventSql.ROUTED_BY);
    select.setLong(1, seq);
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  public Optional<EventRecord> find(EventId id) throws SQLException {
    Optional<Long> seq = seqOf(id);
    if (seq.isEmpty()) {
      return Optional.empty();
    }
    List<LiveRow> live = live(seq.get());
    List<FinishedRow> finished = finished(seq.get());
    var history = new ArrayList<History>();
    for (LiveRow row : live) {
      history.add(historyOf(row));
    }
    for (FinishedRow row : finished) {
      history.add(historyOf(row));
    }
    return Optional.of(
        new EventRecord(
            new EventSummary(event(seq.get()), snapshots(live, finished)),
            history,
            routedBy(seq.get())));
  }

  /// Returns the stored events among the ids, without their payloads.
  public List<ExistingEvent> existing(List<EventId> ids) throws SQLException {
    PreparedStatement select = statements.of(EventSql.EXISTING);
    var existing = new ArrayList<ExistingEvent>();
    for (EventId id : ids) {
      select.setString(1, id.value());
      try (ResultSet row = select.executeQuery()) {
        if (row.next()) {
          existing.add(existing(id, row));
        }
      }
    }
    return existing;
  }

  private ExistingEvent existing(EventId id, ResultSet row) throws SQLException {
    long seq = row.getLong(1);
    return new ExistingEvent(
        id,
        seq,
        EpochNanos.toInstant(row.getLong(2)),
        status(seq),
        EventRows.digest(row.getString(3)));
  }

  public EventSummary summary(long seq) throws SQLException {
    return new EventSummary(event(seq), snapshots(live(seq), finished(seq)));
  }

  /// Identifies an event without its payload.
  public record Head(EventId id, EventType type, Optional<String> key) {}

  /// Returns the head of the event with this sequence, without reading its payload; a placeholder
  /// when it is missing.
  public Head head(long seq) throws SQLException {
    PreparedStatement select = statements.of(EventSql.HEAD_OF_SEQ);
    select.setLong(1, seq);
    try (ResultSet row = select.executeQuery()) {
      return row.next()
          ? new Head(
              new EventId(row.getString(1)),
              new EventType(row.getString(2)),
              Optional.ofNullable(row.getString(3)))
          : new Head(new EventId("missing event " + seq), EventType.DEFAULT, Optional.empty());
    }
  }

  /// Returns the event with this sequence, which must exist while a delivery of it does.
  ///
  /// @throws DamagedRowException when it is damaged or missing
  public Event event(long seq) throws SQLException {
    PreparedStatement select = statements.of(EventSql.EVENT_BY_SEQ);
    select.setLong(1, seq);
    try (ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        throw new DamagedRowException("of unknown id", seq);
      }
      return EventRows.read(row);
    }
  }

  /// Returns the status of the event, derived from its deliveries.
  public EventStatus status(long seq) throws SQLException {
    var statuses = EnumSet.noneOf(DeliveryStatus.class);
    for (LiveRow row : live(seq)) {
      statuses.add(row.status());
    }
    for (FinishedRow row : finished(seq)) {
      statuses.add(row.state().status());
    }
    return EventStatus.of(statuses);
  }

  /// Returns whether the event has a delivery for each of these subscriptions.
  public boolean hasDeliveries(long seq, Set<SubscriptionName> named) throws SQLException {
    if (named.isEmpty()) {
      return true;
    }
    return snapshots(live(seq), finished(seq)).stream()
        .map(DeliverySnapshot::subscription)
        .collect(Collectors.toSet())
        .containsAll(named);
  }

  /// Returns the deliveries of the event that are not finished.
  public List<LiveRow> live(long seq) throws SQLException {
    PreparedStatement select = statements.of(EventSql.LIVE_OF_EVENT);
    select.setLong(1, seq);
    var live = new ArrayList<LiveRow>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        live.add(LiveRow.read(row));
      }
    }
    return live;
  }

  /// Returns the deliveries of the event that are finished.
  public List<FinishedRow> finished(long seq) throws SQLException {
    PreparedStatement select = statements.of(EventSql.FINISHED_OF_EVENT);
    select.setLong(1, seq);
    var finished = new ArrayList<FinishedRow>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        finished.add(FinishedRow.read(row));
      }
    }
    return finished;
  }

  private static List<DeliverySnapshot> snapshots(List<LiveRow> live, List<FinishedRow> finished) {
    var snapshots = new ArrayList<DeliverySnapshot>();
    for (LiveRow row : live) {
      snapshots.add(row.snapshot());
    }
    for (FinishedRow row : finished) {
      snapshots.add(row.snapshot());
    }
    return snapshots;
  }

  private History historyOf(LiveRow row) throws SQLException {
    List<Attempt> attempts = ended(row.seq(), row.subscription());
    if (row.status() == DeliveryStatus.PROCESSING) {
      attempts.add(Attempt.begun(row.attempts().started(), row.processing().lease()));
    }
    return newest(row.subscription(), attempts);
  }

  private History historyOf(FinishedRow row) throws SQLException {
    List<Attempt> attempts = ended(row.seq(), row.subscription());
    row.lastAttempt().ifPresent(attempts::add);
    return newest(row.subscription(), attempts);
  }

  private static History newest(SubscriptionName subscription, List<Attempt> attempts) {
    int tooMany = Math.max(0, attempts.size() - History.MAX_ATTEMPTS);
    return new History(subscription, attempts.subList(tooMany, attempts.size()));
  }

  private List<Attempt> ended(long seq, SubscriptionName subscription) throws SQLException {
    PreparedStatement select = statements.of(EventSql.ATTEMPTS);
    select.setLong(1, seq);
    select.setString(2, subscription.value());
    select.setInt(3, History.MAX_ATTEMPTS);
    var attempts = new ArrayList<Attempt>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        attempts.add(AttemptRows.read(row));
      }
    }
    Collections.reverse(attempts);
    return attempts;
  }
}
