package dev.sluice.adapter.jdbc;

import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.ControlResult;
import dev.sluice.domain.port.DeliveryControl;
import java.sql.SQLException;
import java.util.Optional;

/// What operators do, in PostgreSQL.
final class PostgresDeliveryControl implements DeliveryControl {

  private final PostgresDatabase database;

  PostgresDeliveryControl(PostgresDatabase database) {
    this.database = database;
  }

  /// Changes the deliveries of an event that it applies to.
  private interface Control {
    /// @return how many
    int apply(PostgresChanges changes, long seq) throws SQLException;
  }

  @Override
  public ControlResult replay(EventId id) {
    ControlResult result = control(id, PostgresChanges::replay);
    database.news().workArrived();
    return result;
  }

  @Override
  public ControlResult cancel(EventId id) {
    return control(id, PostgresChanges::cancel);
  }

  @Override
  public ControlResult discard(EventId id) {
    return control(id, PostgresChanges::discard);
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
              int changed =
                  control.apply(new PostgresChanges(statements, database.clock()), seq.get());
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
}
