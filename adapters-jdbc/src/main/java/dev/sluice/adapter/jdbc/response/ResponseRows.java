package dev.sluice.adapter.jdbc.response;

import dev.sluice.adapter.jdbc.EpochNanos;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.domain.delivery.EventRecord.History;
import dev.sluice.domain.delivery.Response;
import dev.sluice.domain.delivery.StatusClass;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.format.ResponseCodec;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;

/// Writes responses to rows and deletes them.
public final class ResponseRows {

  private ResponseRows() {}

  /// Adds the response to an attempt, and deletes those of attempts beyond [History#MAX_ATTEMPTS].
  ///
  /// @param number the number of the attempt, which ended `at` this time
  public static void insert(
      Statements statements,
      long seq,
      SubscriptionName subscription,
      int number,
      Instant at,
      Response response)
      throws SQLException {
    PreparedStatement insert = statements.of(ResponseSql.INSERT);
    insert.setLong(1, seq);
    insert.setString(2, subscription.value());
    insert.setInt(3, number);
    insert.setLong(4, EpochNanos.of(at));
    insert.setInt(5, statusClass(response));
    insert.setString(6, ResponseCodec.encode(response));
    insert.executeUpdate();
    if (number > History.MAX_ATTEMPTS) {
      forgetOld(statements, seq, subscription, number - History.MAX_ATTEMPTS);
    }
  }

  private static void forgetOld(
      Statements statements, long seq, SubscriptionName subscription, int number)
      throws SQLException {
    PreparedStatement delete = statements.of(ResponseSql.FORGET_OLD);
    delete.setLong(1, seq);
    delete.setString(2, subscription.value());
    delete.setInt(3, number);
    delete.executeUpdate();
  }

  /// Returns the class of a response's status as the database stores it.
  public static int statusClass(Response response) {
    return StatusClass.of(response.status()).digit();
  }

  /// Deletes the responses to all attempts of an event.
  public static void deleteOf(Statements statements, long seq) throws SQLException {
    PreparedStatement delete = statements.of(ResponseSql.DELETE_OF_EVENT);
    delete.setLong(1, seq);
    delete.executeUpdate();
  }
}
