package dev.sluice.adapter.memory;

import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.delivery.Lease;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.DeliveryQueue;
import dev.sluice.domain.port.Settlement;
import dev.sluice.domain.port.SettlementResult;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.time.TimeLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Hands deliveries out from the heap.
final class MemoryDeliveryQueue implements DeliveryQueue {

  /// Per claim, because all other callers wait for the lock.
  private static final int MOST_PARKED = 10_000;

  private final Ledger ledger;

  /// The delivery of each claim that is still held. A lookup of the event by its id would also
  /// work, but touches memory all over the heap and took a tenth of the time of a run with many
  /// events. Guarded by the ledger's lock.
  private final IdentityHashMap<Claim, StoredDelivery> byClaim = new IdentityHashMap<>();

  MemoryDeliveryQueue(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public boolean isShared() {
    return false;
  }

  @Override
  public List<Claim> claim(WorkerId worker, int max, Duration lease, Set<SubscriptionName> paused) {
    return claim(worker, max, lease, paused, ledger.work::nextDue);
  }

  @Override
  public List<Claim> claimAbandoned(
      WorkerId worker, int max, Duration lease, Set<SubscriptionName> paused) {
    return claim(worker, max, lease, paused, ledger.work::nextDueAbandoned);
  }

  /// Returns the next due delivery.
  private interface Source {
    @Nullable StoredDelivery next(Instant now);
  }

  private List<Claim> claim(
      WorkerId worker, int max, Duration lease, Set<SubscriptionName> paused, Source source) {
    return ledger.locked(
        () -> {
          Instant now = ledger.dueTime();
          var given = Lease.of(worker, now, lease);
          var claims = new ArrayList<Claim>();
          int park = 0;
          StoredDelivery next = source.next(now);
          while (next != null && claims.size() < max && park < MOST_PARKED) {
            if (paused.contains(next.subscription)) {
              ledger.work.park(next);
              park++;
            } else {
              claims.add(claim(next, given));
            }
            next = source.next(now);
          }
          return claims;
        });
  }

  @Override
  public int unpark(Set<SubscriptionName> paused, int limit) {
    return ledger.locked(() -> ledger.unpark(paused, limit));
  }

  @Override
  public int countDueBefore(Instant dueAt, int limit) {
    return ledger.locked(() -> ledger.work.countDueBefore(dueAt, limit));
  }

  private Claim claim(StoredDelivery delivery, Lease lease) {
    if (!(delivery.state instanceof DeliveryState.Waiting waiting)) {
      throw new IllegalStateException(
          "only waiting deliveries are queued, but found " + delivery.state);
    }
    ledger.change(delivery, waiting.claim(lease));
    var claim =
        new Claim(
            delivery.event.sequence,
            delivery.event.event,
            delivery.subscription,
            delivery.state.attempts(),
            lease,
            isAfterAbandonment(waiting));
    delivery.claim = claim;
    delivery.leaseEnd =
        TimeLimit.of(ledger.clock, Duration.between(lease.startedAt(), lease.expiresAt()));
    byClaim.put(claim, delivery);
    return claim;
  }

  private static boolean isAfterAbandonment(DeliveryState.Waiting waiting) {
    return waiting instanceof DeliveryState.Retrying retrying
        && retrying.lastFailure().isAbandonment();
  }

  @Override
  public List<SettlementResult> settle(List<Settlement> settlements) {
    return ledger.locked(
        () -> {
          Instant now = ledger.clock.instant();
          var results = new ArrayList<SettlementResult>(settlements.size());
          for (Settlement settlement : settlements) {
            StoredDelivery delivery = held(settlement.claim());
            if (delivery == null) {
              results.add(SettlementResult.LEASE_LOST);
            } else {
              end(delivery, settlement.resolution(), now);
              results.add(SettlementResult.SETTLED);
            }
          }
          return results;
        });
  }

  @Override
  public List<Claim> extend(List<Claim> claims, Duration lease) {
    return ledger.locked(
        () -> {
          Instant expiresAt = Lease.end(ledger.clock.instant(), lease);
          var lost = new ArrayList<Claim>();
          for (Claim claim : claims) {
            StoredDelivery delivery = held(claim);
            if (delivery != null && delivery.state instanceof DeliveryState.Processing processing) {
              delivery.state = processing.extend(expiresAt);
              delivery.leaseEnd = TimeLimit.of(ledger.clock, lease);
            } else {
              lost.add(claim);
            }
          }
          return lost;
        });
  }

  @Override
  public List<Reclaimed> reclaimExpired(int limit, Function<Claim, Resolution> verdict) {
    return ledger.locked(
        () -> {
          Instant now = ledger.clock.instant();
          var reclaimed = new ArrayList<Reclaimed>();
          for (StoredDelivery delivery : ledger.inFlight()) {
            if (reclaimed.size() < limit
                && delivery.state instanceof DeliveryState.Processing processing
                && delivery.isLeaseOver()) {
              var claim =
                  new Claim(
                      delivery.event.sequence,
                      delivery.event.event,
                      delivery.subscription,
                      processing.attempts(),
                      processing.lease(),
                      processing.isAfterAbandonment());
              Resolution resolution = verdict.apply(claim);
              end(delivery, resolution, now);
              reclaimed.add(new Reclaimed(claim, resolution));
            }
          }
          return reclaimed;
        });
  }

  @Override
  public void awaitWork(Duration wait) throws InterruptedException {
    ledger.lockedAwaitWork(TimeUnit.NANOSECONDS.convert(wait));
  }

  /// Returns the delivery if the claim is still its current one.
  private @Nullable StoredDelivery held(Claim claim) {
    StoredDelivery delivery = byClaim.get(claim);
    // A copy of a claim is as valid as the original.
    return delivery == null ? lookUp(claim) : delivery;
  }

  private @Nullable StoredDelivery lookUp(Claim claim) {
    StoredEvent stored = ledger.find(claim.event().id());
    // The id may belong to another event by now, if the first one was deleted and its producer sent
    // it again.
    if (stored == null || stored.sequence != claim.sequence()) {
      return null;
    }
    StoredDelivery delivery = stored.delivery(claim.subscription());
    boolean isHeld =
        delivery != null
            && delivery.state instanceof DeliveryState.Processing processing
            && processing.isHeldBy(claim.attempt(), claim.lease());
    return isHeld ? delivery : null;
  }

  private void end(StoredDelivery delivery, Resolution resolution, Instant now) {
    byClaim.remove(delivery.claim);
    delivery.claim = null;
    delivery.leaseEnd = null;
    if (delivery.state instanceof DeliveryState.Processing processing) {
      Attempt begun = Attempt.begun(processing.attempts().started(), processing.lease());
      delivery.remember(begun.ended(resolution, now));
      ledger.change(delivery, processing.settle(resolution, now));
    }
  }
}
