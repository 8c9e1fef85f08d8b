package dev.sluice.adapter.jdbc;

import dev.sluice.domain.delivery.AttemptCount;
import dev.sluice.domain.delivery.DeliverySnapshot;
import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.Lease;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.event.Priority;
import dev.sluice.domain.subscription.SubscriptionName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A delivery that is not finished, as the database stores it.
///
/// @param enteredAt when it entered the state in which it waits or waited; a delivery that waits
///   for its first attempt and is due at once has no value of its own in the database
/// @param dueAt time from which it may be claimed; unchanged while it is processed
/// @param seq sequence of its event
/// @param subscription of the delivery
/// @param siblings how many deliveries the event has
/// @param attempts the newest one is in progress if there is a lease
/// @param lease of the worker that processes it; null while it waits
/// @param failure of its last failed attempt, if any
/// @param lane where it stands in its lane; null when it is not ordered
/// @param priority of its event
public record LiveRow(
    Instant enteredAt,
    Instant dueAt,
    long seq,
    SubscriptionName subscription,
    int siblings,
    AttemptCount attempts,
    @Nullable Lease lease,
    @Nullable FailureCause failure,
    @Nullable LaneSpot lane,
    Priority priority) {

  /// Where an unfinished delivery of an ordered subscription stands in its lane. A delivery that
  /// stands behind has [DueTime#PARKED] added to its due time, so that no claim meets it.
  ///
  /// @param key the key of the lane
  /// @param position the sequence of the event, or where a replay has put the delivery; among equal
  ///   ones the sequence decides
  /// @param isBehind whether it waits for its turn; otherwise it is the head
  public record LaneSpot(String key, long position, boolean isBehind) {

    /// Reads the columns `lane`, `lane_position` and `due_at`; null when it belongs to no lane.
    private static @Nullable LaneSpot read(ResultSet row) throws SQLException {
      String key = row.getString("lane");
      return key == null
          ? null
          : new LaneSpot(
              key, row.getLong("lane_position"), row.getLong("due_at") >= DueTime.PARKED);
    }

    /// Returns the same position, at the head of the lane.
    public LaneSpot atHead() {
      return new LaneSpot(key, position, false);
    }

    /// Returns the same position, behind the head of the lane.
    public LaneSpot behind() {
      return new LaneSpot(key, position, true);
    }
  }

  /// Returns a delivery that waits for its first attempt.
  public static LiveRow of(
      long seq, SubscriptionName subscription, int siblings, DeliveryState.Received received) {
    return new LiveRow(
        received.enteredAt(),
        received.dueAt(),
        seq,
        subscription,
        siblings,
        received.attempts(),
        null,
        null,
        null,
        Priority.DEFAULT);
  }

  public static LiveRow read(ResultSet row) throws SQLException {
    Instant dueAt = DueTime.toInstant(row.getLong("due_at"));
    long enteredAt = row.getLong("entered_at");
    return new LiveRow(
        row.wasNull() ? dueAt : EpochNanos.toInstant(enteredAt),
        dueAt,
        row.getLong("seq"),
        new SubscriptionName(row.getString("subscription")),
        row.getInt("siblings"),
        new AttemptCount(row.getInt("started"), row.getInt("spent")),
        readLease(row),
        Failures.read(row),
        LaneSpot.read(row),
        readPriority(row));
  }

  private static Priority readPriority(ResultSet row) throws SQLException {
    int level = row.getInt("priority");
    return row.wasNull() ? Priority.DEFAULT : new Priority(level);
  }

  private static @Nullable Lease readLease(ResultSet row) throws SQLException {
    String worker = row.getString("worker");
    return worker == null
        ? null
        : new Lease(
            new WorkerId(worker),
            EpochNanos.toInstant(row.getLong("claimed_at")),
            EpochNanos.toInstant(row.getLong("lease_until")));
  }

  /// Binds all columns except those of the lease, which a waiting delivery does not have.
  public void bindWaiting(PreparedStatement insert) throws SQLException {
    bindKey(insert, 1);
    insert.setInt(4, StatusCode.of(waiting()));
    insert.setInt(5, siblings);
    insert.setInt(6, attempts.started());
    insert.setInt(7, attempts.spent());
    Failures.bind(insert, 8, failure);
    insert.setObject(
        11, failure == null && enteredAt.equals(dueAt) ? null : EpochNanos.of(enteredAt));
    LaneSpot spot = lane;
    insert.setString(12, spot == null ? null : spot.key());
    insert.setObject(13, spot == null ? null : spot.position());
    insert.setObject(14, priority.isDefault() ? null : priority.level());
  }

  /// Binds the three columns of the primary key.
  public void bindKey(PreparedStatement statement, int first) throws SQLException {
    statement.setLong(first, dueColumn());
    statement.setLong(first + 1, seq);
    statement.setString(first + 2, subscription.value());
  }

  /// Returns the value of its column `due_at`. After an abandoned attempt it has no priority,
  /// because such deliveries are claimed apart.
  public long dueColumn() {
    if (isBehind()) {
      return DueTime.column(dueAt) + DueTime.PARKED;
    }
    return isPrioritized() ? DueTime.prioritized(dueAt) : DueTime.column(dueAt);
  }

  /// Returns whether claims look for it by its priority.
  public boolean isPrioritized() {
    return !priority.isDefault() && !isBehind() && !isAbandoned();
  }

  /// Returns the same delivery of an event with this priority.
  public LiveRow withPriority(Priority other) {
    return new LiveRow(
        enteredAt, dueAt, seq, subscription, siblings, attempts, lease, failure, lane, other);
  }

  /// Returns the same delivery, waiting in the given state.
  public LiveRow waitingAs(DeliveryState.Waiting waiting) {
    FailureCause last =
        waiting instanceof DeliveryState.Retrying retrying ? retrying.lastFailure() : null;
    return new LiveRow(
        waiting.enteredAt(),
        waiting.dueAt(),
        seq,
        subscription,
        siblings,
        waiting.attempts(),
        null,
        last,
        lane,
        priority);
  }

  /// Returns the same delivery under the lease of `processing`.
  public LiveRow leasedAs(DeliveryState.Processing processing) {
    return new LiveRow(
        enteredAt,
        dueAt,
        seq,
        subscription,
        siblings,
        processing.attempts(),
        processing.lease(),
        failure,
        lane,
        priority);
  }

  /// Returns the same delivery at another place of its lane.
  ///
  /// @param spot null for one that is not ordered
  public LiveRow at(@Nullable LaneSpot spot) {
    return new LiveRow(
        enteredAt, dueAt, seq, subscription, siblings, attempts, lease, failure, spot, priority);
  }

  /// Returns whether it waits for its turn in a lane.
  public boolean isBehind() {
    return lane != null && lane.isBehind();
  }

  /// Returns the same delivery of an event with this number of deliveries.
  public LiveRow amongSiblings(int number) {
    return new LiveRow(
        enteredAt, dueAt, seq, subscription, number, attempts, lease, failure, lane, priority);
  }

  /// Returns whether its last attempt was abandoned.
  public boolean isAbandoned() {
    return failure != null && failure.kind() == FailureCause.Kind.ABANDONED;
  }

  public DeliveryStatus status() {
    if (lease != null) {
      return DeliveryStatus.PROCESSING;
    }
    return failure == null ? DeliveryStatus.RECEIVED : DeliveryStatus.RETRYING;
  }

  public DeliveryState state() {
    Lease held = lease;
    return held == null ? waiting(attempts) : processing(held);
  }

  /// Returns the delivery and its state, without what only the storage needs.
  public DeliverySnapshot snapshot() {
    return new DeliverySnapshot(subscription, state());
  }

  /// Returns its state while a worker holds it.
  ///
  /// @throws IllegalStateException when it has no lease
  public DeliveryState.Processing processing() {
    Lease held = lease;
    if (held == null) {
      throw new IllegalStateException("the delivery has no lease: " + this);
    }
    return processing(held);
  }

  /// Returns its state while it waits.
  ///
  /// @throws IllegalStateException when it has a lease
  public DeliveryState.Waiting waiting() {
    if (lease != null) {
      throw new IllegalStateException("the delivery has a lease: " + this);
    }
    return waiting(attempts);
  }

  private DeliveryState.Processing processing(Lease held) {
    var before = new AttemptCount(attempts.started() - 1, attempts.spent() - 1);
    return new DeliveryState.Processing(attempts, held, waiting(before));
  }

  private DeliveryState.Waiting waiting(AttemptCount count) {
    FailureCause last = failure;
    return last == null
        ? new DeliveryState.Received(count, enteredAt, dueAt)
        : new DeliveryState.Retrying(count, enteredAt, dueAt, last);
  }
}
