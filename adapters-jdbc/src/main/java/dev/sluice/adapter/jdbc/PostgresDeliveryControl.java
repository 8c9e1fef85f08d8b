package dev.sluice.adapter.jdbc;

import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.ControlResult;
import dev.sluice.domain.port.DeliveryControl;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.Page;
import dev.sluice.domain.port.PageRequest;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    ControlResult result =
        control(
            id,
            (statements, seq) -> replay(statements, ANY_END, List.of(seq)).getOrDefault(seq, 0));
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
    Map<Long, Integer> replayed = replay(statements, List.of(StatusCode.FAILED), seqs);
    var reads = new EventReads(statements);
    var events = new ArrayList<ReplayedEvent>();
    for (long seq : seqs) {
      int deliveries = replayed.getOrDefault(seq, 0);
      if (deliveries > 0) {
        events.add(new ReplayedEvent(reads.id(seq), reads.type(seq), deliveries));
      }
    }
    return events;
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
      // Retention may have taken it away since it was looked up.
      if (reads.seqOf(id).isEmpty()) {
        return new ControlResult.NotFound();
      }
      throw e;
    }
  }

  private int cancel(Statements statements, long seq) throws SQLException {
    PreparedStatement cancel = statements.of(PostgresDeliverySql.CANCEL);
    database.clock().bind(cancel);
    cancel.setLong(2, seq);
    return changes(cancel).getOrDefault(seq, 0);
  }

  private Map<Long, Integer> replay(Statements statements, List<Integer> statuses, List<Long> seqs)
      throws SQLException {
    PreparedStatement replay = statements.of(PostgresDeliverySql.REPLAY);
    database.clock().bind(replay);
    new ArrayParameters<>(replay, 2, statuses).integers(Integer::intValue);
    new ArrayParameters<>(replay, 3, seqs).longs(Long::longValue);
    return changes(replay);
  }

  /// How many deliveries of which event were changed.
  private static Map<Long, Integer> changes(PreparedStatement statement) throws SQLException {
    Map<Long, Integer> changes = new LinkedHashMap<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        changes.put(row.getLong(1), row.getInt(2));
      }
    }
    return changes;
  }
}
