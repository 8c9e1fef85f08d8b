package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.adapter.jdbc.postgres.sql.RateBucketSql;
import dev.sluice.domain.claim.RateTokens;
import dev.sluice.domain.subscription.SubscriptionName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/// Token buckets in PostgreSQL, which fill by its clock: any number of them is drawn from with one
/// statement. They are in an unlogged table, so that a draw waits for no disk.
final class PostgresRateTokens implements RateTokens {

  private static final long BETWEEN_CLEANUPS = Duration.ofMinutes(1).toNanos();

  private final ConnectionPool pool;
  private final DatabaseClock clock;
  private final AtomicLong lastCleanup = new AtomicLong(System.nanoTime());

  PostgresRateTokens(ConnectionPool pool, DatabaseClock clock) {
    this.pool = pool;
    this.clock = clock;
  }

  @Override
  public List<Drawn> draw(List<Draw> draws) {
    if (draws.isEmpty()) {
      return List.of();
    }
    List<Drawn> drawn = pool.one(statements -> draw(statements, draws));
    deleteFullWhenDue();
    return drawn;
  }

  private List<Drawn> draw(Statements statements, List<Draw> draws) throws SQLException {
    PreparedStatement draw = statements.of(RateBucketSql.DRAW);
    clock.bind(draw);
    new ArrayParameters<>(draw, 2, draws)
        .texts(one -> one.subscription().value())
        .doubles(one -> one.limit().perSecond())
        .integers(one -> one.limit().burst())
        .integers(Draw::wanted);
    Map<SubscriptionName, Bucket> buckets = new HashMap<>();
    try (ResultSet row = draw.executeQuery()) {
      while (row.next()) {
        buckets.put(
            new SubscriptionName(row.getString(1)), new Bucket(row.getDouble(2), row.getInt(3)));
      }
    }
    return draws.stream().map(one -> drawn(one, bucketOf(one, buckets))).toList();
  }

  /// A bucket after a draw.
  private record Bucket(double tokens, int drawn) {}

  private static Bucket bucketOf(Draw draw, Map<SubscriptionName, Bucket> buckets) {
    return Objects.requireNonNull(buckets.get(draw.subscription()), "the statement returns each");
  }

  private static Drawn drawn(Draw draw, Bucket bucket) {
    double missing = Math.max(0, 1 - bucket.tokens());
    long wait = Math.round(missing / draw.limit().perSecond() * 1e9);
    return new Drawn(bucket.drawn(), Duration.ofNanos(wait));
  }

  private void deleteFullWhenDue() {
    long last = lastCleanup.get();
    long now = System.nanoTime();
    if (now - last >= BETWEEN_CLEANUPS && lastCleanup.compareAndSet(last, now)) {
      deleteFull();
    }
  }

  /// Deletes rows of buckets that are full.
  void deleteFull() {
    pool.one(
        statements -> {
          PreparedStatement delete = statements.of(RateBucketSql.DELETE_FULL);
          clock.bind(delete);
          return delete.executeUpdate();
        });
  }

  @Override
  public void forget(SubscriptionName subscription) {
    pool.one(
        statements -> {
          PreparedStatement delete = statements.of(RateBucketSql.FORGET);
          delete.setString(1, subscription.value());
          return delete.executeUpdate();
        });
  }
}
