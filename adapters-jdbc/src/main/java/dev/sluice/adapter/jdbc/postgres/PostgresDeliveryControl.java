package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.DamagedRowException;
import dev.sluice.adapter.jdbc.EventReads;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.ControlResult;
import dev.sluice.domain.port.DeliveryControl;
import dev.sluice.domain.port.StoreUnavailableException;
import dev.sluice.domain.subscription.SubscriptionName;
import java.sql.SQLException;
import java.util.Optional;

/// Operator actions on one event, in PostgreSQL.
final class PostgresDeliveryControl implements DeliveryControl {

  private static final int MOST_TRIES = 10;

  private final ConnectionPool requests;
  private final DatabaseClock clock;
  private final WorkNews news;

  PostgresDeliveryControl(ConnectionPool requests, DatabaseClock clock, WorkNews news) {
    this.requests = requests;
    this.clock = clock;
    this.news = news;
  }

  /// Changes those deliveries of an event to which the action applies.
  private interface Control {
    /// @return how many
    int apply(OperatorActions changes, long seq) throws SQLException;
  }

  @Override
  public ControlResult replay(EventId id) {
    ControlResult result = control(id, OperatorActions::replay);
    news.workArrived();
    return result;
  }

  @Override
  public ControlResult cancel(EventId id) {
    return control(id, OperatorActions::cancel);
  }

  @Override
  public ControlResult discard(EventId id) {
    return control(id, OperatorActions::discard);
  }

  @Override
  public int cancelWaiting(SubscriptionName subscription, int limit) {
    return requests.one(
        statements -> new OperatorActions(statements, clock).cancelWaiting(subscription, limit));
  }

  /// Runs an action on a snapshot, so that the result shows each delivery once, in the state after
  /// the action; runs it again when others changed one of them meanwhile.
  private ControlResult control(EventId id, Control control) {
    for (int tries = MOST_TRIES; ; tries--) {
      try {
        return controlOnSnapshot(id, control);
      } catch (StoreUnavailableException e) {
        if (tries == 1 || !PostgresFailures.isConflict(e)) {
          throw e;
        }
      }
    }
  }

  private ControlResult controlOnSnapshot(EventId id, Control control) {
    return requests.onSnapshot(
        statements -> {
          var reads = new EventReads(statements);
          Optional<Long> seq = reads.seqOf(id);
          if (seq.isEmpty()) {
            return new ControlResult.NotFound();
          }
          int changed = control.apply(new OperatorActions(statements, clock), seq.get());
          return changed == 0
              ? unchanged(reads, id, seq.get())
              : new ControlResult.Changed(reads.summary(seq.get()), changed);
        });
  }

  private static ControlResult unchanged(EventReads reads, EventId id, long seq)
      throws SQLException {
    try {
      return new ControlResult.NotAllowed(reads.summary(seq));
    } catch (DamagedRowException e) {
      if (reads.seqOf(id).equals(Optional.of(seq))) {
        throw e;
      }
      // Retention has deleted it since it was looked up; by now another event may have its id.
      return new ControlResult.NotFound();
    }
  }
}
