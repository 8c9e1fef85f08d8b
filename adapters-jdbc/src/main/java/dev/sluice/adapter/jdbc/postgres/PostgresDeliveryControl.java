package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.DamagedRowException;
import dev.sluice.adapter.jdbc.EventReads;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.delivery.ReplayScope;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.lane.LanePlace;
import dev.sluice.domain.port.BulkStep.ChangedEvent;
import dev.sluice.domain.port.ControlResult;
import dev.sluice.domain.port.DeliveryControl;
import dev.sluice.domain.port.StoreUnavailableException;
import dev.sluice.domain.subscription.SubscriptionName;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Operator actions on one event, in PostgreSQL.
final class PostgresDeliveryControl implements DeliveryControl {

  private static final int MOST_TRIES = 10;

  private final ConnectionPool requests;
  private final DatabaseClock clock;
  private final WorkNews news;
  private final LaneWrites lanes;

  PostgresDeliveryControl(
      ConnectionPool requests, DatabaseClock clock, WorkNews news, LaneWrites lanes) {
    this.requests = requests;
    this.clock = clock;
    this.news = news;
    this.lanes = lanes;
  }

  /// Changes those deliveries of an event to which the action applies.
  private interface Control {
    /// @return their subscriptions
    List<SubscriptionName> apply(OperatorActions actions, EventReads reads, long seq)
        throws SQLException;
  }

  @Override
  public ControlResult replay(EventId id, ReplayScope scope, LanePlace place) {
    ControlResult result =
        control(id, scope.names(), (actions, _, seq) -> actions.replay(seq, scope, place));
    news.workArrived();
    return result;
  }

  @Override
  public ControlResult cancel(EventId id, Set<SubscriptionName> subscriptions) {
    return control(id, subscriptions, (actions, _, seq) -> actions.cancel(seq, subscriptions));
  }

  @Override
  public ControlResult reschedule(EventId id, Instant deliverAt) {
    ControlResult result =
        control(
            id,
            Set.of(),
            (actions, reads, seq) ->
                actions.reschedule(seq, reads.summary(seq).event(), deliverAt));
    news.workArrived();
    return result;
  }

  @Override
  public ControlResult discard(EventId id, Set<SubscriptionName> subscriptions) {
    return control(id, subscriptions, (actions, _, seq) -> actions.discard(seq, subscriptions));
  }

  @Override
  public int cancelWaiting(SubscriptionName subscription, int limit) {
    Map<Long, ChangedEvent> cancelled =
        requests.one(
            statements ->
                new OperatorActions(statements, clock).cancelWaiting(subscription, limit));
    lanes.advanceAfterStep(List.copyOf(cancelled.values()));
    return cancelled.values().stream().mapToInt(event -> event.subscriptions().size()).sum();
  }

  /// Runs an action on a snapshot, so that the result shows each delivery once, in the state after
  /// the action; runs it again when others changed one of them meanwhile.
  ///
  /// @param named the subscriptions that the action names
  private ControlResult control(EventId id, Set<SubscriptionName> named, Control control) {
    for (int tries = MOST_TRIES; ; tries--) {
      try {
        ControlResult result = controlOnSnapshot(id, named, control);
        if (result instanceof ControlResult.Changed(EventSummary event, var subscriptions)) {
          lanes.advanceAfter(lanes.of(subscriptions, event.event().attributes().key()));
        }
        return result;
      } catch (StoreUnavailableException e) {
        if (tries == 1 || !PostgresFailures.isConflict(e)) {
          throw e;
        }
      }
    }
  }

  private ControlResult controlOnSnapshot(
      EventId id, Set<SubscriptionName> named, Control control) {
    return requests.onSnapshot(
        statements -> {
          var reads = new EventReads(statements);
          Optional<Long> seq = reads.seqOf(id);
          if (seq.isEmpty()) {
            return new ControlResult.NotFound();
          }
          List<SubscriptionName> changed =
              reads.hasDeliveries(seq.get(), named)
                  ? control.apply(new OperatorActions(statements, clock), reads, seq.get())
                  : List.of();
          return changed.isEmpty()
              ? unchanged(reads, id, seq.get(), named)
              : new ControlResult.Changed(reads.summary(seq.get()), changed);
        });
  }

  private static ControlResult unchanged(
      EventReads reads, EventId id, long seq, Set<SubscriptionName> named) throws SQLException {
    try {
      EventSummary event = reads.summary(seq);
      return event
          .firstWithoutDelivery(named)
          .<ControlResult>map(name -> new ControlResult.NoDelivery(event, name))
          .orElseGet(() -> new ControlResult.NotAllowed(event));
    } catch (DamagedRowException e) {
      if (reads.seqOf(id).equals(Optional.of(seq))) {
        throw e;
      }
      // Retention has deleted it since it was looked up; by now another event may have its id.
      return new ControlResult.NotFound();
    }
  }
}
