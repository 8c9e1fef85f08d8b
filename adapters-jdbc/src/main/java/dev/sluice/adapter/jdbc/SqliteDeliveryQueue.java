package dev.sluice.adapter.jdbc;

import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.DeliveryQueue;
import dev.sluice.domain.port.Settlement;
import dev.sluice.domain.port.SettlementResult;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/// Hands deliveries out from a database.
final class SqliteDeliveryQueue implements DeliveryQueue {

  private final SqliteDatabase database;

  SqliteDeliveryQueue(SqliteDatabase database) {
    this.database = database;
  }

  @Override
  public List<Claim> claim(WorkerId worker, int max, Duration lease) {
    return database.writeUrgently(
        () -> database.claims().claim(worker, max, lease, database.now()));
  }

  @Override
  public List<SettlementResult> settle(List<Settlement> settlements) {
    return database.writeUrgently(() -> database.claims().settle(settlements, database.now()));
  }

  @Override
  public List<Claim> extend(List<Claim> claims, Duration lease) {
    return database.writeUrgently(
        () -> database.claims().extend(claims, database.now().plus(lease)));
  }

  @Override
  public List<Reclaimed> reclaimExpired(int limit, Function<Claim, Resolution> verdict) {
    return database.writeUrgently(
        () -> database.claims().reclaimExpired(limit, verdict, database.now()));
  }

  @Override
  public void awaitWork(Duration wait) throws InterruptedException {
    database.signal().await(wait.toNanos(), database.now());
  }
}
