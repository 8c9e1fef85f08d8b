package dev.sluice.adapter.jdbc;

import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.port.ControlResult;
import dev.sluice.domain.port.DeliveryControl;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.Page;
import dev.sluice.domain.port.PageRequest;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// What operators do, in PostgreSQL.
final class PostgresDeliveryControl implements DeliveryControl {

  private static final List<Integer> ANY_END =
      List.of(StatusCode.COMPLETED, StatusCode.FAILED, StatusCode.CANCELLED);

  private final PostgresDatabase database;

  PostgresDeliveryControl(PostgresDatabase database) {
    this.database = database;
  }

  /// Changes the deliveries of an event that it applies to.
  private interface Control {
    /// @return how many
    int apply(Statements statements, long seq) throws SQLException;
  }

  @Override
  public ControlResult replay(EventId id) {
    ControlResult result = control(id, this::replayFinished);
    database.news().workArrived();
    return result;
  }

  @Override
  public ControlResult cancel(EventId id) {
    return control(id, this::cancel);
  }

  @Override
  public Page<ReplayedEvent> replayDeadLetters(EventFilter filter, PageRequest page) {
    EventFilter deadLetters = filter.withStatuses(Set.of(EventStatus.FAILED));
    var listing = new Listing(deadLetters, PostgresRuns.INSTANCE, database.tally().counts());
    Page<Long> found =
        database
            .requests()
            .onSnapshot(statements -> listing.page(statements, page, Long.MAX_VALUE));
    List<ReplayedEvent> replayed =
        found.items().isEmpty()
            ? List.of()
            : database.requests().all(statements -> replayDead(statements, found.items()));
    database.news().workArrived();
    return new Page<>(replayed, found.next());
  }

  private List<ReplayedEvent> replayDead(Statements statements, List<Long> seqs)
      throws SQLException {
    // Somebody else may have replayed some of them meanwhile.
    Map<Long, ReplayedEvent> replayed = replay(statements, List.of(StatusCode.FAILED), seqs);
    return seqs.stream().map(replayed::get).filter(Objects::nonNull).toList();
  }

  private ControlResult control(EventId id, Control control) {
    return database
        .requests()
        .all(
            statements -> {
              var reads = new EventReads(statements);
              Optional<Long> seq = reads.seqOf(id);
              if (seq.isEmpty()) {
                return new ControlResult.NotFound();
              }
              int changed = control.apply(statements, seq.get());
              return changed == 0
                  ? unchanged(reads, id, seq.get())
                  : new ControlResult.Changed(reads.summary(seq.get()), changed);
            });
  }

  private static ControlResult unchanged(EventReads reads, EventId id, long seq)
      throws SQLException {
    try {
      return new ControlResult.NotAllowed(reads.summary(seq));
    } catch (DamagedEventException e) {
      if (reads.seqOf(id).equals(Optional.of(seq))) {
        throw e;
      }
      // Retention has taken it away since it was looked up; by now its id may be another event's.
      return new ControlResult.NotFound();
    }
  }

  private int cancel(Statements statements, long seq) throws SQLException {
    PreparedStatement cancel = statements.of(PostgresDeliverySql.CANCEL);
    database.clock().bind(cancel);
    cancel.setLong(2, seq);
    try (ResultSet row = cancel.executeQuery()) {
      return row.next() ? row.getInt(2) : 0;
    }
  }

  private int replayFinished(Statements statements, long seq) throws SQLException {
    ReplayedEvent replayed = replay(statements, ANY_END, List.of(seq)).get(seq);
    return replayed == null ? 0 : replayed.deliveries();
  }

  private Map<Long, ReplayedEvent> replay(
      Statements statements, List<Integer> statuses, List<Long> seqs) throws SQLException {
    PreparedStatement replay = statements.of(PostgresDeliverySql.REPLAY);
    database.clock().bind(replay);
    new ArrayParameters<>(replay, 2, statuses).integers(Integer::intValue);
    new ArrayParameters<>(replay, 3, seqs).longs(Long::longValue);
    Map<Long, ReplayedEvent> replayed = new HashMap<>();
    try (ResultSet row = replay.executeQuery()) {
      while (row.next()) {
        replayed.put(
            row.getLong("seq"),
            new ReplayedEvent(
                new EventId(row.getString("id")),
                new EventType(row.getString("type")),
                row.getInt("count")));
      }
    }
    return replayed;
  }
}
