package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.DueTime;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.adapter.jdbc.sqlite.sql.LiveSql;
import dev.sluice.domain.claim.Quotas;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.event.Priority;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.DeliveryQueue;
import dev.sluice.domain.port.Settlement;
import dev.sluice.domain.port.SettlementResult;
import dev.sluice.domain.subscription.SubscriptionName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Hands out deliveries from SQLite.
final class SqliteDeliveryQueue implements DeliveryQueue {

  private final SqliteDatabase database;
  private final Claims claims;
  private final WorkSignal signal;

  SqliteDeliveryQueue(SqliteDatabase database, Claims claims, WorkSignal signal) {
    this.database = database;
    this.claims = claims;
    this.signal = signal;
  }

  @Override
  public boolean isShared() {
    return false;
  }

  @Override
  public List<Claim> claim(WorkerId worker, Quotas quotas, Duration lease) {
    return database.writeUrgently(
        () -> claims.claim(Backlog.REGULAR, worker, quotas, lease, database.now()));
  }

  @Override
  public List<Claim> claimAbandoned(WorkerId worker, Quotas quotas, Duration lease) {
    return database.writeUrgently(
        () -> claims.claim(Backlog.ABANDONED, worker, quotas, lease, database.now()));
  }

  @Override
  public int countDueBefore(SubscriptionName subscription, Instant dueAt, int limit) {
    return database.read(statements -> countDueBefore(statements, subscription, dueAt, limit));
  }

  private static int countDueBefore(
      Statements statements, SubscriptionName subscription, Instant dueAt, int limit)
      throws SQLException {
    PreparedStatement select = statements.of(LiveSql.COUNT_DUE_BEFORE);
    select.setString(1, subscription.value());
    select.setLong(2, DueTime.column(dueAt));
    select.setString(3, subscription.value());
    select.setLong(4, DueTime.prioritized(dueAt));
    select.setInt(5, limit);
    try (ResultSet row = select.executeQuery()) {
      row.next();
      return row.getInt(1);
    }
  }

  @Override
  public int countAhead(
      SubscriptionName subscription, Priority priority, Instant dueAt, int limit) {
    var ahead = new PriorityLines.Ahead(subscription, priority, dueAt, limit);
    return database.read(
        statements ->
            PriorityLines.countAhead(statements, database.order(), ahead, database.now()));
  }

  @Override
  public int countUnfinished(SubscriptionName subscription, int limit) {
    return database.read(
        statements -> {
          PreparedStatement select = statements.of(LiveSql.COUNT_LIVE_OF_SUBSCRIPTION);
          select.setString(1, subscription.value());
          select.setInt(2, limit);
          try (ResultSet row = select.executeQuery()) {
            row.next();
            return row.getInt(1);
          }
        });
  }

  @Override
  public List<SettlementResult> settle(List<Settlement> settlements) {
    return database.writeUrgently(() -> claims.settle(settlements, database.now()));
  }

  @Override
  public List<Claim> extend(List<Claim> claims, Duration lease) {
    return database.writeUrgently(() -> this.claims.extend(claims, lease, database.now()));
  }

  @Override
  public List<Reclaimed> reclaimExpired(int limit, Function<Claim, Resolution> verdict) {
    return database.writeUrgently(() -> claims.reclaimExpired(limit, verdict, database.now()));
  }

  @Override
  public void awaitWork(Quotas quotas, Duration wait) throws InterruptedException {
    signal.await(claims.limit(quotas), TimeUnit.NANOSECONDS.convert(wait), database.now());
  }

  @Override
  public void wakeUp() {
    signal.wakeUp();
  }
}
