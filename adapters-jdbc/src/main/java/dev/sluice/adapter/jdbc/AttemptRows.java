package dev.sluice.adapter.jdbc;

import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.EventRecord.History;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.subscription.SubscriptionName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/// Writes ended attempts to rows and reads them back.
public final class AttemptRows {

  private static final String SUCCEEDED = "succeeded";
  private static final String FAILED = "failed";
  private static final String HANDED_BACK = "handed_back";

  private AttemptRows() {}

  /// Adds an ended attempt, and deletes the oldest ones beyond [History#MAX_ATTEMPTS].
  public static void insert(
      Statements statements, long seq, SubscriptionName subscription, Attempt attempt)
      throws SQLException {
    PreparedStatement insert = statements.of(EventSql.INSERT_ATTEMPT);
    insert.setLong(1, seq);
    insert.setString(2, subscription.value());
    insert.setInt(3, attempt.number());
    insert.setString(4, attempt.worker().value());
    insert.setLong(5, EpochNanos.of(attempt.startedAt()));
    bindEnd(insert, attempt.end());
    insert.setLong(11, attempt.subscriptionVersion());
    insert.executeUpdate();
    if (attempt.number() > History.MAX_ATTEMPTS) {
      forgetOld(statements, seq, subscription, attempt.number() - History.MAX_ATTEMPTS);
    }
  }

  private static void bindEnd(PreparedStatement insert, Attempt.End end) throws SQLException {
    switch (end) {
      case Attempt.Succeeded(Instant at) -> bindEnd(insert, at, SUCCEEDED);
      case Attempt.FailedWith(Instant at, FailureCause _) -> bindEnd(insert, at, FAILED);
      case Attempt.HandedBack(Instant at) -> bindEnd(insert, at, HANDED_BACK);
      case Attempt.StillRunning _ -> throw new SQLException("the attempt has not ended");
    }
    Failures.bind(insert, 8, end instanceof Attempt.FailedWith failed ? failed.cause() : null);
  }

  private static void bindEnd(PreparedStatement insert, Instant at, String outcome)
      throws SQLException {
    insert.setLong(6, EpochNanos.of(at));
    insert.setString(7, outcome);
  }

  private static void forgetOld(
      Statements statements, long seq, SubscriptionName subscription, int number)
      throws SQLException {
    PreparedStatement delete = statements.of(EventSql.FORGET_OLD_ATTEMPTS);
    delete.setLong(1, seq);
    delete.setString(2, subscription.value());
    delete.setInt(3, number);
    delete.executeUpdate();
  }

  /// Reads an ended attempt, without the response to it.
  public static Attempt read(ResultSet row) throws SQLException {
    return new Attempt(
        row.getInt("number"),
        new WorkerId(row.getString("worker")),
        EpochNanos.toInstant(row.getLong("started_at")),
        readEnd(row),
        row.getLong("subscription_version"));
  }

  private static Attempt.End readEnd(ResultSet row) throws SQLException {
    Instant at = EpochNanos.toInstant(row.getLong("ended_at"));
    FailureCause cause = Failures.read(row);
    String outcome = row.getString("outcome");
    return switch (outcome) {
      case SUCCEEDED -> new Attempt.Succeeded(at);
      case HANDED_BACK -> new Attempt.HandedBack(at);
      default -> {
        if (cause == null) {
          throw new SQLException("an attempt ended with " + outcome + " but has no failure");
        }
        yield new Attempt.FailedWith(at, cause);
      }
    };
  }
}
