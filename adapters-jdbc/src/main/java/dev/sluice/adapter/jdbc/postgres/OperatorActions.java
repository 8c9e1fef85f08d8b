package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.DueTime;
import dev.sluice.adapter.jdbc.EpochNanos;
import dev.sluice.adapter.jdbc.EventRows;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.adapter.jdbc.StatusCode;
import dev.sluice.adapter.jdbc.postgres.sql.DeliverySql;
import dev.sluice.adapter.jdbc.postgres.sql.WaitingSql;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.ErrorFingerprint;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.ReplayScope;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.lane.LanePlace;
import dev.sluice.domain.port.BulkPlan;
import dev.sluice.domain.port.BulkStep.ChangedEvent;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.subscription.SubscriptionName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Operator actions in PostgreSQL, on many events with one statement.
final class OperatorActions {

  /// Later than any change of a delivery.
  private static final long ANY_TIME = Long.MAX_VALUE;

  /// Index of the first of three parameters that choose deliveries, and of the parameter after
  /// them.
  private static final int MEANT = 2;

  private static final int MEANT_END = 5;

  private static final Set<DeliveryStatus> WAITING =
      Set.of(DeliveryStatus.RECEIVED, DeliveryStatus.RETRYING);

  private static final Set<DeliveryStatus> FINISHED =
      Set.of(
          DeliveryStatus.COMPLETED,
          DeliveryStatus.FAILED,
          DeliveryStatus.CANCELLED,
          DeliveryStatus.EXPIRED);

  private final Statements statements;
  private final DatabaseClock clock;

  OperatorActions(Statements statements, DatabaseClock clock) {
    this.statements = statements;
    this.clock = clock;
  }

  /// Replays the finished deliveries of the event that the scope includes.
  ///
  /// @return their subscriptions
  List<SubscriptionName> replay(long seq, ReplayScope scope, LanePlace place) throws SQLException {
    boolean isOfFailed = scope instanceof ReplayScope.Failed;
    Set<DeliveryStatus> statuses = isOfFailed ? Set.of(DeliveryStatus.FAILED) : FINISHED;
    EventFilter filter = filter(scope.names());
    return only(replay(statuses, ANY_TIME, filter, List.of(seq), place), seq);
  }

  /// Cancels the waiting deliveries of the event.
  ///
  /// @param names only those of these subscriptions; empty for all
  /// @return their subscriptions
  List<SubscriptionName> cancel(long seq, Set<SubscriptionName> names) throws SQLException {
    return only(cancel(WAITING, ANY_TIME, filter(names), List.of(seq)), seq);
  }

  /// Moves the first attempts of the event's deliveries to another time.
  ///
  /// @return their subscriptions
  List<SubscriptionName> reschedule(long seq, Event event, Instant deliverAt) throws SQLException {
    PreparedStatement reschedule = statements.of(WaitingSql.RESCHEDULE);
    clock.bind(reschedule);
    reschedule.setLong(2, DueTime.column(deliverAt));
    reschedule.setLong(3, seq);
    reschedule.setString(4, EventRows.text(event.withDeliverAt(deliverAt).attributes()));
    var names = new ArrayList<SubscriptionName>();
    try (ResultSet row = reschedule.executeQuery()) {
      while (row.next()) {
        names.add(new SubscriptionName(row.getString(1)));
      }
    }
    return names;
  }

  /// Cancels waiting deliveries of a subscription.
  ///
  /// @return the changed events, by sequence
  Map<Long, ChangedEvent> cancelWaiting(SubscriptionName subscription, int limit)
      throws SQLException {
    PreparedStatement select = statements.of(WaitingSql.WAITING_OF_SUBSCRIPTION);
    select.setString(1, subscription.value());
    select.setInt(2, limit);
    var seqs = new ArrayList<Long>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        seqs.add(row.getLong(1));
      }
    }
    return cancel(WAITING, ANY_TIME, filter(Set.of(subscription)), seqs);
  }

  /// Discards the dead letters of the event.
  ///
  /// @param names only those of these subscriptions; empty for all
  /// @return their subscriptions
  List<SubscriptionName> discard(long seq, Set<SubscriptionName> names) throws SQLException {
    return only(discard(ANY_TIME, filter(names), List.of(seq)), seq);
  }

  private static EventFilter filter(Set<SubscriptionName> names) {
    return EventFilter.ALL.withSubscriptions(names);
  }

  /// Applies a plan to those deliveries of the events that it chooses and that have not changed
  /// since it was made.
  ///
  /// @return the changed events, by sequence
  Map<Long, ChangedEvent> apply(BulkPlan plan, List<Long> seqs) throws SQLException {
    if (seqs.isEmpty()) {
      return Map.of();
    }
    long since = EpochNanos.of(plan.plannedAt());
    EventFilter filter = plan.filter();
    return switch (plan.action()) {
      case REPLAY, REPLAY_AT_HEAD ->
          replay(filter.deliveryStatuses(), since, filter, seqs, plan.action().place());
      case CANCEL -> cancel(filter.deliveryStatuses(), since, filter, seqs);
      case DISCARD -> discard(since, filter, seqs);
      case BACKFILL -> throw new IllegalStateException("a back-fill changes no delivery");
    };
  }

  private Map<Long, ChangedEvent> replay(
      Set<DeliveryStatus> statuses,
      long unchangedSince,
      EventFilter filter,
      List<Long> seqs,
      LanePlace place)
      throws SQLException {
    PreparedStatement replay = statements.of(DeliverySql.REPLAY);
    clock.bind(replay);
    new ArrayParameters<>(replay, MEANT_END, List.copyOf(statuses)).integers(OperatorActions::code);
    replay.setBoolean(MEANT_END + 2, place == LanePlace.HEAD);
    return changed(replay, MEANT_END + 1, unchangedSince, filter, seqs);
  }

  private static int code(DeliveryStatus status) {
    return StatusCode.of(EventStatus.of(status));
  }

  private Map<Long, ChangedEvent> cancel(
      Set<DeliveryStatus> statuses, long unchangedSince, EventFilter filter, List<Long> seqs)
      throws SQLException {
    PreparedStatement cancel = statements.of(DeliverySql.CANCEL);
    clock.bind(cancel);
    new ArrayParameters<>(cancel, MEANT_END, List.copyOf(statuses)).integers(OperatorActions::code);
    return changed(cancel, MEANT_END + 1, unchangedSince, filter, seqs);
  }

  private Map<Long, ChangedEvent> discard(long unchangedSince, EventFilter filter, List<Long> seqs)
      throws SQLException {
    PreparedStatement discard = statements.of(DeliverySql.DISCARD);
    clock.bind(discard);
    return changed(discard, MEANT_END, unchangedSince, filter, seqs);
  }

  private static Map<Long, ChangedEvent> changed(
      PreparedStatement change,
      int numbersAt,
      long unchangedSince,
      EventFilter filter,
      List<Long> seqs)
      throws SQLException {
    change.setLong(MEANT, unchangedSince);
    new ArrayParameters<>(change, MEANT + 1, List.copyOf(filter.subscriptions()))
        .texts(SubscriptionName::value);
    new ArrayParameters<>(change, MEANT + 2, List.copyOf(filter.errors()))
        .longs(ErrorFingerprint::value);
    new ArrayParameters<>(change, numbersAt, seqs).longs(Long::longValue);
    return execute(change);
  }

  private static Map<Long, ChangedEvent> execute(PreparedStatement change) throws SQLException {
    Map<Long, ChangedEvent> changed = new HashMap<>();
    try (ResultSet row = change.executeQuery()) {
      while (row.next()) {
        changed.put(
            row.getLong("seq"),
            new ChangedEvent(
                new EventId(row.getString("id")),
                new EventType(row.getString("type")),
                Optional.ofNullable(row.getString("event_key")),
                subscriptions(row)));
      }
    }
    return changed;
  }

  private static List<SubscriptionName> subscriptions(ResultSet row) throws SQLException {
    var names = (String[]) row.getArray("subscriptions").getArray();
    return Stream.of(names).map(SubscriptionName::new).toList();
  }

  private static List<SubscriptionName> only(Map<Long, ChangedEvent> changed, long seq) {
    ChangedEvent event = changed.get(seq);
    return event == null ? List.of() : event.subscriptions();
  }
}
