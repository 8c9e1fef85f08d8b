package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.postgres.sql.WaitingSql;
import dev.sluice.domain.claim.Quotas;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.event.Priority;
import dev.sluice.domain.lane.LaneId;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.DeliveryQueue;
import dev.sluice.domain.port.PortException;
import dev.sluice.domain.port.Settlement;
import dev.sluice.domain.port.SettlementResult;
import dev.sluice.domain.subscription.SubscriptionName;
import java.lang.System.Logger.Level;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;

/// Hands out deliveries to many nodes.
final class PostgresDeliveryQueue implements DeliveryQueue {

  private static final System.Logger LOG = System.getLogger(PostgresDeliveryQueue.class.getName());

  /// How often a node looks for work that was not announced to it.
  private static final Duration POLL = Duration.ofSeconds(1);

  /// Larger batches are cheaper, and a few milliseconds matter little to a handler.
  private static final Duration BETWEEN_STATEMENTS = Duration.ofMillis(4);

  private final ConnectionPool work;
  private final ConnectionPool requests;
  private final Claims claims;
  private final HeldDeliveries heldDeliveries;
  private final WorkNews news;
  private final DatabaseClock clock;
  private final WorkTurns turns;
  private final WaitingReads waiting;
  private final ParkedDeliveries parked;
  private final LaneWrites lanes;
  private final MinInterval betweenClaims = new MinInterval(BETWEEN_STATEMENTS);
  private final MinInterval betweenSettlements = new MinInterval(BETWEEN_STATEMENTS);

  /// What it passes its calls to.
  record Parts(
      Claims claims,
      HeldDeliveries heldDeliveries,
      WaitingReads waiting,
      ParkedDeliveries parked,
      LaneWrites lanes) {}

  PostgresDeliveryQueue(
      ConnectionPool work,
      ConnectionPool requests,
      Parts parts,
      WorkNews news,
      WorkTurns turns,
      DatabaseClock clock) {
    this.work = work;
    this.requests = requests;
    this.claims = parts.claims;
    this.heldDeliveries = parts.heldDeliveries;
    this.news = news;
    this.clock = clock;
    this.turns = turns;
    this.waiting = parts.waiting;
    this.parked = parts.parked;
    this.lanes = parts.lanes;
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public List<Claim> claim(WorkerId worker, Quotas quotas, Duration lease) {
    betweenClaims.await();
    parked.unparkWhenDue();
    turns.lookWhenDue(work, turns.due(quotas).isEmpty());
    List<SubscriptionName> inTurn = turns.due(quotas);
    var request = new Claims.Request(worker, quotas, lease);
    return LeaseLimits.limited(quotas, inTurn).isEmpty()
        ? work.one(statements -> claims.claim(statements, request, inTurn))
        : work.all(statements -> claims.claimLimited(statements, request, inTurn));
  }

  @Override
  public List<Claim> claimAbandoned(WorkerId worker, Quotas quotas, Duration lease) {
    return work.all(
        statements -> claims.claimAbandoned(statements, new Claims.Request(worker, quotas, lease)));
  }

  @Override
  public int countDueBefore(SubscriptionName subscription, Instant dueAt, int limit) {
    return requests.one(
        statements ->
            WaitingReads.countDueBefore(
                statements, subscription, claims.beginsAt(subscription), dueAt, limit));
  }

  @Override
  public int countAhead(
      SubscriptionName subscription, Priority priority, Instant dueAt, int limit) {
    var most = new ClaimPart(subscription, limit, claims.beginsAt(subscription), 0);
    return requests.one(statements -> waiting.countAhead(statements, most, priority, dueAt));
  }

  @Override
  public int countUnfinished(SubscriptionName subscription, int limit) {
    return requests.one(
        statements -> {
          PreparedStatement select = statements.of(WaitingSql.COUNT_UNFINISHED);
          select.setString(1, subscription.value());
          select.setInt(2, limit);
          select.setString(3, subscription.value());
          select.setInt(4, limit);
          try (ResultSet row = select.executeQuery()) {
            row.next();
            return Math.min(limit, row.getInt(1));
          }
        });
  }

  @Override
  public List<SettlementResult> settle(List<Settlement> settlements) {
    if (settlements.isEmpty()) {
      return List.of();
    }
    betweenSettlements.await();
    List<LaneId> expected = lanes.of(settlements);
    List<SettlementResult> results =
        expected.isEmpty() ? settlePlain(settlements) : settleOrdered(settlements, expected);
    announce(settlements);
    settlements.forEach(one -> leaseEnded(one.claim().subscription()));
    return results;
  }

  private List<SettlementResult> settlePlain(List<Settlement> settlements) {
    HeldDeliveries.Settled settled =
        work.one(statements -> heldDeliveries.settle(statements, settlements));
    // Their subscription became ordered a moment ago.
    lanes.advanceAfter(settled.lanes());
    return settled.results();
  }

  /// Ends attempts and gives their lanes new heads in one transaction. Lanes are locked before any
  /// row, see [dev.sluice.adapter.jdbc.postgres.sql.LaneSql].
  private List<SettlementResult> settleOrdered(
      List<Settlement> settlements, List<LaneId> expected) {
    var locked = new HashSet<LaneId>(expected);
    var heads = new ArrayList<SubscriptionName>();
    HeldDeliveries.Settled settled =
        work.all(
            statements -> {
              LaneWrites.lock(statements, expected);
              HeldDeliveries.Settled ended = heldDeliveries.settle(statements, settlements);
              List<LaneId> held = ended.lanes().stream().filter(locked::contains).toList();
              heads.addAll(lanes.advance(statements, held));
              return ended;
            });
    lanes.announce(heads);
    lanes.advanceAfter(settled.lanes().stream().filter(lane -> !locked.contains(lane)).toList());
    return settled.results();
  }

  private void leaseEnded(SubscriptionName subscription) {
    if (turns.leaseEnded(subscription)) {
      news.wakeUp();
    }
  }

  private void announce(List<Settlement> settlements) {
    if (settlements.stream().anyMatch(this::isDueSoon)) {
      news.workArrived();
    }
  }

  /// Work that is due later need not be announced: all nodes look once a second.
  private boolean isDueSoon(Settlement settlement) {
    return switch (settlement.resolution()) {
      case Resolution.HandBack _ -> true;
      case Resolution.Retry retry -> retry.dueAt().isBefore(clock.local().plus(POLL));
      case Resolution.Complete _, Resolution.DeadLetter _, Resolution.Expire _ -> false;
    };
  }

  @Override
  public List<Claim> extend(List<Claim> claims, Duration lease) {
    return claims.isEmpty()
        ? List.of()
        : work.one(statements -> heldDeliveries.extend(statements, claims, lease));
  }

  @Override
  public List<Reclaimed> reclaimExpired(int limit, Function<Claim, Resolution> verdict) {
    List<Reclaimed> reclaimed =
        work.all(statements -> heldDeliveries.reclaimExpired(statements, limit, verdict));
    if (!reclaimed.isEmpty()) {
      turns.lookSoon();
      news.workArrived();
      lanes.advanceAfter(
          reclaimed.stream()
              .flatMap(
                  one ->
                      lanes
                          .of(
                              List.of(one.claim().subscription()),
                              one.claim().event().attributes().key())
                          .stream())
              .toList());
    }
    return reclaimed;
  }

  @Override
  public void awaitWork(Quotas quotas, Duration wait) throws InterruptedException {
    if (news.take()) {
      return;
    }
    try {
      turns.lookWhenDue(work, true);
    } catch (PortException e) {
      LOG.log(Level.DEBUG, "cannot read when work is due, polling instead", e);
    }
    news.await(shorter(shorter(wait, POLL), turns.untilDue(quotas)));
  }

  @Override
  public void wakeUp() {
    news.wakeUp();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
