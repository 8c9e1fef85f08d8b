package dev.sluice.adapter.jdbc;

import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.port.BulkAction;
import dev.sluice.domain.port.BulkPlan;
import dev.sluice.domain.port.BulkStep.ChangedEvent;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What operators change in PostgreSQL, many events with one statement.
final class PostgresChanges {

  /// All but what is stored later than ever.
  private static final long ANY_TIME = Long.MAX_VALUE;

  private static final Set<DeliveryStatus> ANY_END =
      Set.of(DeliveryStatus.COMPLETED, DeliveryStatus.FAILED, DeliveryStatus.CANCELLED);

  private final Statements statements;
  private final PostgresClock clock;

  PostgresChanges(Statements statements, PostgresClock clock) {
    this.statements = statements;
    this.clock = clock;
  }

  /// Puts every finished delivery of the event back to work.
  int replay(long seq) throws SQLException {
    return count(replay(ANY_END, ANY_TIME, List.of(seq)), seq);
  }

  /// Takes every waiting delivery of the event out.
  int cancel(long seq) throws SQLException {
    return count(change(PostgresDeliverySql.CANCEL, ANY_TIME, List.of(seq)), seq);
  }

  /// Takes every dead delivery of the event off the dead letters.
  int discard(long seq) throws SQLException {
    return count(change(PostgresDeliverySql.DISCARD, ANY_TIME, List.of(seq)), seq);
  }

  /// What a plan says, to those among the events that have not changed since.
  ///
  /// @return the events that it was done to, by their numbers
  Map<Long, ChangedEvent> apply(BulkAction action, BulkPlan plan, List<Long> seqs)
      throws SQLException {
    long unchangedSince = EpochNanos.of(plan.plannedAt());
    if (seqs.isEmpty()) {
      return Map.of();
    }
    return switch (action) {
      case REPLAY -> replay(action.deliveries(plan.filter()), unchangedSince, seqs);
      case CANCEL -> change(PostgresDeliverySql.CANCEL, unchangedSince, seqs);
      case DISCARD -> change(PostgresDeliverySql.DISCARD, unchangedSince, seqs);
    };
  }

  private Map<Long, ChangedEvent> replay(
      Set<DeliveryStatus> statuses, long unchangedSince, List<Long> seqs) throws SQLException {
    PreparedStatement replay = statements.of(PostgresDeliverySql.REPLAY);
    clock.bind(replay);
    new ArrayParameters<>(replay, 2, List.copyOf(statuses)).integers(PostgresChanges::code);
    new ArrayParameters<>(replay, 3, seqs).longs(Long::longValue);
    replay.setLong(4, unchangedSince);
    return changed(replay);
  }

  private static int code(DeliveryStatus status) {
    return switch (status) {
      case COMPLETED -> StatusCode.COMPLETED;
      case FAILED -> StatusCode.FAILED;
      case CANCELLED -> StatusCode.CANCELLED;
      case RECEIVED, PROCESSING, RETRYING ->
          throw new IllegalArgumentException("only what is finished is replayed: " + status);
    };
  }

  private Map<Long, ChangedEvent> change(String sql, long unchangedSince, List<Long> seqs)
      throws SQLException {
    PreparedStatement change = statements.of(sql);
    clock.bind(change);
    change.setLong(2, unchangedSince);
    new ArrayParameters<>(change, 3, seqs).longs(Long::longValue);
    return changed(change);
  }

  private static Map<Long, ChangedEvent> changed(PreparedStatement change) throws SQLException {
    Map<Long, ChangedEvent> changed = new HashMap<>();
    try (ResultSet row = change.executeQuery()) {
      while (row.next()) {
        changed.put(
            row.getLong("seq"),
            new ChangedEvent(
                new EventId(row.getString("id")),
                new EventType(row.getString("type")),
                row.getInt("count")));
      }
    }
    return changed;
  }

  private static int count(Map<Long, ChangedEvent> changed, long seq) {
    ChangedEvent event = changed.get(seq);
    return event == null ? 0 : event.deliveries();
  }
}
