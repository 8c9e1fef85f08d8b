package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.EpochNanos;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.WorkerId;
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
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Hands out deliveries from SQLite.
final class SqliteDeliveryQueue implements DeliveryQueue {

  private final SqliteDatabase database;
  private final Claims claims;
  private final WorkSignal signal;
  private final Parking parked;

  SqliteDeliveryQueue(SqliteDatabase database, Claims claims, WorkSignal signal, Parking parked) {
    this.database = database;
    this.claims = claims;
    this.signal = signal;
    this.parked = parked;
  }

  @Override
  public boolean isShared() {
    return false;
  }

  @Override
  public List<Claim> claim(WorkerId worker, int max, Duration lease, Set<SubscriptionName> paused) {
    return database.writeUrgently(() -> claims.claim(worker, max, lease, paused, database.now()));
  }

  @Override
  public List<Claim> claimAbandoned(
      WorkerId worker, int max, Duration lease, Set<SubscriptionName> paused) {
    return database.writeUrgently(
        () -> claims.claimAbandoned(worker, max, lease, paused, database.now()));
  }

  @Override
  public int unpark(Set<SubscriptionName> paused, int limit) {
    return parked.unpark(paused, limit);
  }

  @Override
  public int countDueBefore(Instant dueAt, int limit) {
    return database.read(statements -> countDueBefore(statements, dueAt, limit));
  }

  private static int countDueBefore(Statements statements, Instant dueAt, int limit)
      throws SQLException {
    PreparedStatement select = statements.of(ParkedSql.COUNT_DUE_BEFORE);
    select.setLong(1, EpochNanos.of(dueAt));
    select.setInt(2, limit);
    try (ResultSet row = select.executeQuery()) {
      row.next();
      return row.getInt(1);
    }
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
  public void awaitWork(Duration wait) throws InterruptedException {
    signal.await(TimeUnit.NANOSECONDS.convert(wait), database.now());
  }
}
