package dev.sluice.adapter.jdbc;

import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.AttemptCount;
import dev.sluice.domain.delivery.DeliverySnapshot;
import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.delivery.ErrorFingerprint;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.Lease;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.subscription.SubscriptionName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A finished delivery, as the database stores it.
///
/// @param seq sequence of its event
/// @param subscription of the delivery
/// @param siblings how many deliveries the event has
/// @param state how and when it finished
/// @param lease of the attempt that finished it; null if none did
/// @param subscriptionVersion of that attempt, see [Attempt#subscriptionVersion]
public record FinishedRow(
    long seq,
    SubscriptionName subscription,
    int siblings,
    DeliveryState.Finished state,
    @Nullable Lease lease,
    long subscriptionVersion) {

  static FinishedRow read(ResultSet row) throws SQLException {
    String worker = row.getString("worker");
    var claimedAt = EpochNanos.toInstant(row.getLong("claimed_at"));
    return new FinishedRow(
        row.getLong("seq"),
        new SubscriptionName(row.getString("subscription")),
        row.getInt("siblings"),
        readState(row),
        worker == null ? null : new Lease(new WorkerId(worker), claimedAt, claimedAt),
        row.getLong("subscription_version"));
  }

  private static DeliveryState.Finished readState(ResultSet row) throws SQLException {
    var attempts = new AttemptCount(row.getInt("started"), row.getInt("spent"));
    var at = EpochNanos.toInstant(row.getLong("finished_at"));
    FailureCause cause = Failures.read(row);
    int status = row.getInt("status");
    return switch (status) {
      case StatusCode.COMPLETED -> new DeliveryState.Completed(attempts, at);
      case StatusCode.CANCELLED -> new DeliveryState.Cancelled(attempts, at);
      case StatusCode.EXPIRED -> new DeliveryState.Expired(attempts, at);
      case StatusCode.FAILED -> new DeliveryState.Failed(attempts, at, known(cause));
      default -> throw new SQLException("a finished delivery has the unknown status " + status);
    };
  }

  private static FailureCause known(@Nullable FailureCause cause) throws SQLException {
    if (cause == null) {
      throw new SQLException("a failed delivery has no failure");
    }
    return cause;
  }

  public void bind(PreparedStatement insert) throws SQLException {
    insert.setInt(1, StatusCode.of(state));
    insert.setLong(2, seq);
    insert.setString(3, subscription.value());
    insert.setInt(4, siblings);
    insert.setLong(5, EpochNanos.of(state.finishedAt()));
    insert.setInt(6, state.attempts().started());
    insert.setInt(7, state.attempts().spent());
    bindLease(insert);
    bindFailure(insert);
    insert.setLong(14, subscriptionVersion);
  }

  private void bindLease(PreparedStatement insert) throws SQLException {
    Lease last = lease;
    if (last == null) {
      insert.setString(8, null);
      insert.setObject(9, null);
    } else {
      insert.setString(8, last.worker().value());
      insert.setLong(9, EpochNanos.of(last.startedAt()));
    }
  }

  private void bindFailure(PreparedStatement insert) throws SQLException {
    if (state instanceof DeliveryState.Failed failed) {
      Failures.bind(insert, 10, failed.cause());
      insert.setLong(13, ErrorFingerprint.of(subscription, failed.cause()).value());
    } else {
      Failures.bind(insert, 10, null);
      insert.setObject(13, null);
    }
  }

  /// Returns the delivery and its state, without what only the storage needs.
  public DeliverySnapshot snapshot() {
    return new DeliverySnapshot(subscription, state);
  }

  /// Returns the attempt that finished it, if one did.
  public Optional<Attempt> lastAttempt() {
    Lease last = lease;
    if (last == null) {
      return Optional.empty();
    }
    Attempt begun = Attempt.begun(state.attempts().started(), last).under(subscriptionVersion);
    return switch (state) {
      case DeliveryState.Completed completed ->
          Optional.of(begun.ended(Resolution.COMPLETE, completed.finishedAt()));
      case DeliveryState.Failed failed ->
          Optional.of(begun.ended(new Resolution.DeadLetter(failed.cause()), failed.finishedAt()));
      case DeliveryState.Cancelled _, DeliveryState.Expired _ -> Optional.empty();
    };
  }
}
