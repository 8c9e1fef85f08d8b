package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.EpochNanos;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.adapter.jdbc.postgres.sql.LeaseSql;
import dev.sluice.adapter.jdbc.postgres.sql.SettlementSql;
import dev.sluice.adapter.jdbc.response.ResponseRows;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.Lease;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.lane.LaneId;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.DeliveryQueue.Reclaimed;
import dev.sluice.domain.port.Settlement;
import dev.sluice.domain.port.SettlementResult;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.format.ResponseCodec;
import java.lang.System.Logger.Level;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Settles, extends and reclaims the deliveries that workers hold, many with one statement.
final class HeldDeliveries {

  private static final System.Logger LOG = System.getLogger(HeldDeliveries.class.getName());

  private final DatabaseClock clock;

  HeldDeliveries(DatabaseClock clock) {
    this.clock = clock;
  }

  /// Returns the claims that can be processed; damaged deliveries become dead letters.
  List<Claim> intact(Statements statements, List<HeldDelivery> held) {
    tryToEndDamaged(statements, held);
    return held.stream().flatMap(one -> one.claim().stream()).toList();
  }

  /// Ends damaged deliveries. The intact ones are claimed already and must not be lost with them:
  /// if this fails, the damaged ones are found again when their lease expires.
  private void tryToEndDamaged(Statements statements, List<HeldDelivery> held) {
    try {
      endDamaged(statements, held);
    } catch (SQLException e) {
      LOG.log(Level.WARNING, "cannot end damaged deliveries, retrying when their lease expires", e);
    }
  }

  private void endDamaged(Statements statements, List<HeldDelivery> held) throws SQLException {
    List<AttemptReport> damaged =
        held.stream()
            .filter(one -> one.event().isEmpty())
            .map(HeldDelivery::toDeadLetters)
            .toList();
    if (!damaged.isEmpty()) {
      // Their lanes, if they have any, move on at the next look at all lanes.
      var _ = end(statements, damaged);
    }
  }

  /// What became of settlements.
  ///
  /// @param results one per settlement, in the same order
  /// @param lanes the lanes of ended deliveries, which may need new heads
  record Settled(List<SettlementResult> results, List<LaneId> lanes) {}

  Settled settle(Statements statements, List<Settlement> settlements) throws SQLException {
    return end(statements, settlements.stream().map(AttemptReport::of).toList());
  }

  private Settled end(Statements statements, List<AttemptReport> reports) throws SQLException {
    boolean haveResponses = reports.stream().anyMatch(one -> one.response().isPresent());
    PreparedStatement settle =
        statements.of(haveResponses ? SettlementSql.SETTLE_WITH_RESPONSES : SettlementSql.SETTLE);
    clock.bind(settle);
    Instant now = clock.local();
    ArrayParameters<AttemptReport> bound = bindReports(settle, reports, now);
    if (haveResponses) {
      bindResponses(bound);
    }
    var results = new ArrayList<>(Collections.nCopies(reports.size(), SettlementResult.LEASE_LOST));
    var lanes = new ArrayList<LaneId>();
    try (ResultSet row = settle.executeQuery()) {
      while (row.next()) {
        results.set(row.getInt("place") - 1, SettlementResult.SETTLED);
        String key = row.getString("lane");
        if (key != null) {
          lanes.add(new LaneId(new SubscriptionName(row.getString("subscription")), key));
        }
      }
    }
    return new Settled(results, lanes);
  }

  private static ArrayParameters<AttemptReport> bindReports(
      PreparedStatement settle, List<AttemptReport> reports, Instant now) throws SQLException {
    return new ArrayParameters<>(settle, 2, reports)
        .longs(AttemptReport::sequence)
        .texts(report -> report.subscription().value())
        .integers(AttemptReport::attempt)
        .texts(report -> report.lease().worker().value())
        .longs(report -> EpochNanos.of(report.lease().startedAt()))
        .integers(AttemptReport::what)
        .longs(report -> report.waitFrom(now))
        .texts(report -> report.failure().map(cause -> cause.kind().name()).orElse(null))
        .texts(report -> report.failure().map(FailureCause::error).orElse(null))
        .texts(report -> report.failure().map(FailureCause::message).orElse(null))
        .longs(AttemptReport::fingerprint)
        .longs(AttemptReport::subscriptionVersion);
  }

  private static void bindResponses(ArrayParameters<AttemptReport> reports) throws SQLException {
    var _ =
        reports
            .integers(report -> report.response().map(ResponseRows::statusClass).orElse(0))
            .texts(report -> report.response().map(ResponseCodec::encode).orElse(null));
  }

  /// What identifies a lease: [dev.sluice.domain.delivery.DeliveryState.Processing#isHeldBy].
  private record HeldLease(
      long sequence, String subscription, int attempt, String worker, long claimedAtNanos) {

    private static HeldLease of(Claim claim) {
      return new HeldLease(
          claim.sequence(),
          claim.subscription().value(),
          claim.attempt(),
          claim.lease().worker().value(),
          EpochNanos.of(claim.lease().startedAt()));
    }

    /// Executes a statement that selects leases, and returns them.
    private static Set<HeldLease> allOf(PreparedStatement statement) throws SQLException {
      var leases = new HashSet<HeldLease>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          leases.add(
              new HeldLease(
                  row.getLong("seq"),
                  row.getString("subscription"),
                  row.getInt("started"),
                  row.getString("worker"),
                  row.getLong("claimed_at")));
        }
      }
      return leases;
    }
  }

  List<Claim> extend(Statements statements, List<Claim> claims, Duration lease)
      throws SQLException {
    PreparedStatement extend = statements.of(LeaseSql.EXTEND);
    clock.bind(extend);
    int next =
        new ArrayParameters<>(extend, 2, claims)
            .longs(Claim::sequence)
            .texts(claim -> claim.subscription().value())
            .integers(Claim::attempt)
            .texts(claim -> claim.lease().worker().value())
            .longs(claim -> EpochNanos.of(claim.lease().startedAt()))
            .next();
    extend.setLong(next, EpochNanos.span(lease));
    Set<HeldLease> kept = HeldLease.allOf(extend);
    return claims.stream().filter(claim -> !kept.contains(HeldLease.of(claim))).toList();
  }

  /// Ends attempts whose lease has expired. Within a transaction: no one else ends them meanwhile.
  List<Reclaimed> reclaimExpired(
      Statements statements, int limit, Function<Claim, Resolution> verdict) throws SQLException {
    List<HeldDelivery> expired = expired(statements, limit);
    endDamaged(statements, expired);
    List<Reclaimed> reclaimed =
        expired.stream()
            .flatMap(one -> one.claim().stream())
            .map(claim -> new Reclaimed(claim, verdict.apply(claim)))
            .toList();
    if (!reclaimed.isEmpty()) {
      var _ =
          settle(
              statements,
              reclaimed.stream()
                  .map(one -> new Settlement(one.claim(), one.resolution()))
                  .toList());
    }
    return reclaimed;
  }

  private List<HeldDelivery> expired(Statements statements, int limit) throws SQLException {
    PreparedStatement select = statements.of(LeaseSql.EXPIRED);
    clock.bind(select);
    select.setInt(2, limit);
    select.setLong(3, Claims.MOST_BYTES);
    var expired = new ArrayList<HeldDelivery>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        var lease =
            new Lease(
                new WorkerId(row.getString("worker")),
                EpochNanos.toInstant(row.getLong("claimed_at")),
                EpochNanos.toInstant(row.getLong("lease_until")));
        expired.add(HeldDelivery.read(row, lease));
      }
    }
    return expired;
  }
}
