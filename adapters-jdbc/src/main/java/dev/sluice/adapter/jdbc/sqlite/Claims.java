package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.DamagedRowException;
import dev.sluice.adapter.jdbc.EventReads;
import dev.sluice.adapter.jdbc.EventSql;
import dev.sluice.adapter.jdbc.LiveRow;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.adapter.jdbc.response.ResponseRows;
import dev.sluice.domain.claim.ClaimShares;
import dev.sluice.domain.claim.Quotas;
import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.Lease;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.DeliveryQueue.Reclaimed;
import dev.sluice.domain.port.Settlement;
import dev.sluice.domain.port.SettlementResult;
import dev.sluice.domain.time.TimeLimit;
import dev.sluice.domain.time.TimeSource;
import java.lang.System.Logger.Level;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Claims, extends, settles and reclaims deliveries within the writer's transaction.
final class Claims {

  private static final System.Logger LOG = System.getLogger(Claims.class.getName());

  /// A claim or a reclaim ends with the event that reaches this size: payloads are read within the
  /// writer's transaction, and other writes wait for it.
  static final int MOST_CHARACTERS = 2 << 20;

  private final Statements statements;
  private final EventReads reads;
  private final DeliveryWrites deliveries;
  private final WriterCache writerCache;
  private final WorkSignal signal;
  private final TimeSource time;
  private final DueTimes dueTimes;
  private final DueDeliveries dueDeliveries;

  Claims(
      Statements statements,
      DeliveryWrites deliveries,
      WriterCache writerCache,
      WorkSignal signal,
      PriorityLines priorities,
      TimeSource time) {
    this.statements = statements;
    this.reads = new EventReads(statements);
    this.deliveries = deliveries;
    this.writerCache = writerCache;
    this.signal = signal;
    this.time = time;
    this.dueDeliveries = new DueDeliveries(statements, writerCache, signal, priorities);
    this.dueTimes = new DueTimes(statements, writerCache, dueDeliveries, signal, time);
  }

  /// Expires the leases that the last process left.
  void takeOver() throws SQLException {
    var held = new ArrayList<LiveRow>();
    try (ResultSet row = statements.of(EventSql.LEASED).executeQuery()) {
      while (row.next()) {
        held.add(LiveRow.read(row));
      }
    }
    for (LiveRow row : held) {
      writerCache.lease(deliveries.extend(row, Instant.EPOCH), TimeLimit.of(time, Duration.ZERO));
    }
    dueTimes.followClockSinceLastProcess();
    dueDeliveries.load();
  }

  List<Claim> claim(Backlog backlog, WorkerId worker, Quotas quotas, Duration duration, Instant now)
      throws SQLException {
    dueTimes.followClock();
    var taking = new Taking(Lease.of(worker, now, duration));
    Quotas limited = writerCache.limit(quotas);
    ClaimShares.<SQLException>divide(
        limited,
        signal.due(backlog, now, limited),
        (subscription, max) -> {
          if (taking.isEnough()) {
            // It keeps its turn: it comes first in the next claim.
            return 0;
          }
          List<LiveRow> due = dueDeliveries.due(backlog, subscription, now, max);
          int taken = take(due, taking);
          signal.served(subscription);
          if (due.size() < max && !taking.isEnough()) {
            dueDeliveries.allClaimed(backlog, subscription);
          }
          return taken;
        });
    return taking.claims;
  }

  /// A claim in progress.
  private static final class Taking {
    private final Lease lease;
    private final List<Claim> claims = new ArrayList<>();
    private long characters;

    Taking(Lease lease) {
      this.lease = lease;
    }

    boolean isEnough() {
      return characters >= MOST_CHARACTERS;
    }

    void add(Claim claim) {
      claims.add(claim);
      characters += claim.event().length();
    }
  }

  /// Claims due deliveries until there are enough.
  ///
  /// @return how many
  private int take(List<LiveRow> due, Taking taking) throws SQLException {
    int before = taking.claims.size();
    for (LiveRow row : due) {
      if (taking.isEnough()) {
        break;
      }
      claim(row, taking.lease).ifPresent(taking::add);
    }
    return taking.claims.size() - before;
  }

  private Optional<Claim> claim(LiveRow row, Lease lease) throws SQLException {
    LiveRow leased = deliveries.claim(row, lease);
    Event recent = writerCache.takeRecent(row.seq());
    Optional<Event> found =
        recent == null ? intact(leased, lease.startedAt()) : Optional.of(recent);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Event event = found.get();
    writerCache.lease(
        leased, TimeLimit.of(time, Duration.between(lease.startedAt(), lease.expiresAt())));
    return Optional.of(claimOf(leased, event));
  }

  private static Claim claimOf(LiveRow leased, Event event) {
    DeliveryState.Processing processing = leased.processing();
    return new Claim(
        leased.seq(),
        event,
        leased.subscription(),
        leased.attempts(),
        processing.lease(),
        processing.isAfterAbandonment());
  }

  /// Returns the event of a delivery; if it is damaged, the delivery becomes a dead letter instead.
  private Optional<Event> intact(LiveRow leased, Instant now) throws SQLException {
    try {
      return Optional.of(reads.event(leased.seq()));
    } catch (DamagedRowException e) {
      LOG.log(Level.ERROR, "a delivery becomes a dead letter: " + e.getMessage());
      deliveries.settle(leased, damaged(e), 0, now);
      return Optional.empty();
    }
  }

  private static Resolution damaged(DamagedRowException e) {
    return new Resolution.DeadLetter(
        new FailureCause(
            FailureCause.Kind.HANDLER, "DamagedEvent", String.valueOf(e.getMessage())));
  }

  List<SettlementResult> settle(List<Settlement> settlements, Instant now) throws SQLException {
    var results = new ArrayList<SettlementResult>(settlements.size());
    for (Settlement settlement : settlements) {
      Claim claim = settlement.claim();
      LiveRow leased = held(claim);
      if (leased == null) {
        results.add(SettlementResult.LEASE_LOST);
      } else {
        deliveries.settle(leased, settlement.resolution(), settlement.subscriptionVersion(), now);
        keepResponse(leased, settlement, now);
        release(leased);
        results.add(SettlementResult.SETTLED);
      }
    }
    return results;
  }

  private void keepResponse(LiveRow leased, Settlement settlement, Instant now)
      throws SQLException {
    if (settlement.response().isPresent()) {
      ResponseRows.insert(
          statements,
          leased.seq(),
          leased.subscription(),
          leased.attempts().started(),
          now,
          settlement.response().get());
    }
  }

  List<Claim> extend(List<Claim> claims, Duration lease, Instant now) throws SQLException {
    TimeLimit leaseEnd = TimeLimit.of(time, lease);
    var lost = new ArrayList<Claim>();
    for (Claim claim : claims) {
      LiveRow leased = held(claim);
      if (leased == null) {
        lost.add(claim);
      } else {
        writerCache.lease(deliveries.extend(leased, Lease.end(now, lease)), leaseEnd);
      }
    }
    return lost;
  }

  List<Reclaimed> reclaimExpired(int limit, Function<Claim, Resolution> verdict, Instant now)
      throws SQLException {
    var reclaimed = new ArrayList<Reclaimed>();
    long characters = 0;
    for (LiveRow row : writerCache.expired()) {
      if (reclaimed.size() >= limit || characters >= MOST_CHARACTERS) {
        break;
      }
      Optional<Reclaimed> one = reclaim(row, verdict, now);
      one.ifPresent(reclaimed::add);
      characters += one.map(found -> found.claim().event().length()).orElse(0);
    }
    return reclaimed;
  }

  private Optional<Reclaimed> reclaim(LiveRow row, Function<Claim, Resolution> verdict, Instant now)
      throws SQLException {
    Optional<Event> event = intact(row, now);
    if (event.isEmpty()) {
      release(row);
      return Optional.empty();
    }
    Claim claim = claimOf(row, event.get());
    Resolution resolution = verdict.apply(claim);
    deliveries.settle(row, resolution, 0, now);
    release(row);
    return Optional.of(new Reclaimed(claim, resolution));
  }

  /// Returns the delivery of the claim, if the claim is still the current one.
  private @Nullable LiveRow held(Claim claim) {
    LiveRow leased = writerCache.leased(claim);
    return leased != null && leased.processing().isHeldBy(claim.attempt(), claim.lease())
        ? leased
        : null;
  }

  private void release(LiveRow row) {
    if (writerCache.release(row)) {
      signal.wakeUp();
    }
  }

  /// Returns quotas that also respect how many deliveries may be leased. For every thread.
  Quotas limit(Quotas quotas) {
    return writerCache.limit(quotas);
  }
}
