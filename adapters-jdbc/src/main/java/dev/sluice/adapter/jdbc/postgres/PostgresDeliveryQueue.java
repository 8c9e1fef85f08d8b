package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.DeliveryQueue;
import dev.sluice.domain.port.PortException;
import dev.sluice.domain.port.Settlement;
import dev.sluice.domain.port.SettlementResult;
import dev.sluice.domain.subscription.SubscriptionName;
import java.lang.System.Logger.Level;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Hands out deliveries to many nodes.
final class PostgresDeliveryQueue implements DeliveryQueue {

  private static final System.Logger LOG = System.getLogger(PostgresDeliveryQueue.class.getName());

  /// How often a node looks for work that was not announced to it.
  private static final Duration POLL = Duration.ofSeconds(1);

  /// Larger batches are cheaper, and a few milliseconds matter little to a handler.
  private static final Duration BETWEEN_STATEMENTS = Duration.ofMillis(4);

  private final ConnectionPool work;
  private final Claims claims;
  private final WorkNews news;
  private final DatabaseClock clock;
  private final Parking parked;
  private final MinInterval betweenClaims = new MinInterval(BETWEEN_STATEMENTS);
  private final MinInterval betweenSettlements = new MinInterval(BETWEEN_STATEMENTS);

  PostgresDeliveryQueue(
      ConnectionPool work, Claims claims, WorkNews news, DatabaseClock clock, Parking parked) {
    this.work = work;
    this.claims = claims;
    this.news = news;
    this.clock = clock;
    this.parked = parked;
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public List<Claim> claim(WorkerId worker, int max, Duration lease, Set<SubscriptionName> paused) {
    betweenClaims.await();
    return work.one(
        statements ->
            paused.isEmpty()
                ? claims.claim(statements, worker, max, lease)
                : claims.claim(statements, worker, max, lease, paused));
  }

  @Override
  public List<Claim> claimAbandoned(
      WorkerId worker, int max, Duration lease, Set<SubscriptionName> paused) {
    return work.one(
        statements ->
            new AbandonedDeliveries(clock, claims).claim(statements, worker, max, lease, paused));
  }

  @Override
  public int unpark(Set<SubscriptionName> paused, int limit) {
    return parked.unpark(paused, limit);
  }

  @Override
  public int countDueBefore(Instant dueAt, int limit) {
    return parked.countDueBefore(dueAt, limit);
  }

  @Override
  public List<SettlementResult> settle(List<Settlement> settlements) {
    if (settlements.isEmpty()) {
      return List.of();
    }
    betweenSettlements.await();
    List<SettlementResult> results = work.one(statements -> claims.settle(statements, settlements));
    if (settlements.stream().anyMatch(this::isDueSoon)) {
      news.workArrived();
    }
    return results;
  }

  /// Work that is due later need not be announced: all nodes look once a second.
  private boolean isDueSoon(Settlement settlement) {
    return switch (settlement.resolution()) {
      case Resolution.HandBack _ -> true;
      case Resolution.Retry retry -> retry.dueAt().isBefore(clock.local().plus(POLL));
      case Resolution.Complete _, Resolution.DeadLetter _ -> false;
    };
  }

  @Override
  public List<Claim> extend(List<Claim> claims, Duration lease) {
    return claims.isEmpty()
        ? List.of()
        : work.one(statements -> this.claims.extend(statements, claims, lease));
  }

  @Override
  public List<Reclaimed> reclaimExpired(int limit, Function<Claim, Resolution> verdict) {
    List<Reclaimed> reclaimed =
        work.all(statements -> claims.reclaimExpired(statements, limit, verdict));
    if (!reclaimed.isEmpty()) {
      news.workArrived();
    }
    return reclaimed;
  }

  @Override
  public void awaitWork(Duration wait) throws InterruptedException {
    if (!news.take()) {
      news.await(shorter(wait, untilNextDue()));
    }
  }

  private Duration untilNextDue() {
    try {
      return work.one(this::untilNextDue);
    } catch (PortException e) {
      LOG.log(Level.DEBUG, "cannot read when work is due, polling instead", e);
      return POLL;
    }
  }

  private Duration untilNextDue(Statements statements) throws SQLException {
    PreparedStatement select = statements.of(PostgresSql.WAIT_UNTIL_DUE);
    clock.bind(select);
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? shorter(Duration.ofNanos(Math.max(0, row.getLong(1))), POLL) : POLL;
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
