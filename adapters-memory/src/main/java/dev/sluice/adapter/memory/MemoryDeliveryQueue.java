package dev.sluice.adapter.memory;

import dev.sluice.domain.claim.ClaimShares;
import dev.sluice.domain.claim.Quotas;
import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.delivery.Lease;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.event.Priority;
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
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Hands deliveries out from the heap.
final class MemoryDeliveryQueue implements DeliveryQueue {

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
  public List<Claim> claim(WorkerId worker, Quotas quotas, Duration lease) {
    return claim(worker, quotas, lease, ledger.work::due, ledger.work::nextDue);
  }

  @Override
  public List<Claim> claimAbandoned(WorkerId worker, Quotas quotas, Duration lease) {
    return claim(worker, quotas, lease, ledger.work::dueAbandoned, ledger.work::nextDueAbandoned);
  }

  /// Returns the subscriptions to look at.
  private interface Turns {
    List<SubscriptionName> due(Instant now, Quotas quotas);
  }

  /// Returns the next due delivery of a subscription.
  private interface Source {
    @Nullable StoredDelivery next(SubscriptionName subscription, Instant now);
  }

  private List<Claim> claim(
      WorkerId worker, Quotas quotas, Duration lease, Turns turns, Source source) {
    return ledger.locked(
        () -> {
          Instant now = ledger.dueTime();
          var given = Lease.of(worker, now, lease);
          var leaseEnd =
              TimeLimit.of(ledger.clock, Duration.between(given.startedAt(), given.expiresAt()));
          var claims = new ArrayList<Claim>();
          Quotas limited = ledger.work.limit(quotas);
          ClaimShares.divide(
              limited,
              turns.due(now, limited),
              (subscription, max) -> {
                int before = claims.size();
                for (int taken = 0; taken < max; taken++) {
                  StoredDelivery next = source.next(subscription, now);
                  if (next == null) {
                    break;
                  }
                  claims.add(claim(next, given, leaseEnd));
                }
                ledger.work.served(subscription);
                return claims.size() - before;
              });
          return claims;
        });
  }

  @Override
  public int countDueBefore(SubscriptionName subscription, Instant dueAt, int limit) {
    return ledger.locked(() -> ledger.work.countDueBefore(subscription, dueAt, limit));
  }

  @Override
  public int countAhead(
      SubscriptionName subscription, Priority priority, Instant dueAt, int limit) {
    return ledger.locked(
        () -> ledger.work.countAhead(subscription, priority, dueAt, ledger.dueTime(), limit));
  }

  @Override
  public int countUnfinished(SubscriptionName subscription, int limit) {
    return ledger.locked(() -> ledger.work.countUnfinished(subscription, limit));
  }

  private Claim claim(StoredDelivery delivery, Lease lease, TimeLimit leaseEnd) {
    if (!(delivery.state() instanceof DeliveryState.Waiting waiting)) {
      throw new IllegalStateException(
          "only waiting deliveries are queued, but found " + delivery.state());
    }
    ledger.change(delivery, waiting.claim(lease));
    var claim =
        new Claim(
            delivery.event.sequence,
            delivery.event.event,
            delivery.subscription,
            delivery.state().attempts(),
            lease,
            WorkQueue.isAbandoned(waiting));
    delivery.claim = claim;
    delivery.leaseEnd = leaseEnd;
    byClaim.put(claim, delivery);
    return claim;
  }

  @Override
  public List<SettlementResult> settle(List<Settlement> settlements) {
    return ledger.locked(
        () -> {
          Instant now = ledger.clock.instant();
          var endings = new SharedEndings();
          var results = new ArrayList<SettlementResult>(settlements.size());
          for (Settlement settlement : settlements) {
            StoredDelivery delivery = held(settlement.claim());
            if (delivery == null) {
              results.add(SettlementResult.LEASE_LOST);
            } else {
              end(delivery, settlement, now, endings);
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
            if (delivery != null
                && delivery.state() instanceof DeliveryState.Processing processing) {
              delivery.become(processing.extend(expiresAt));
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
          var endings = new SharedEndings();
          var reclaimed = new ArrayList<Reclaimed>();
          for (StoredDelivery delivery : ledger.inFlight()) {
            if (reclaimed.size() < limit
                && delivery.state() instanceof DeliveryState.Processing processing
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
              end(delivery, new Settlement(claim, resolution), now, endings);
              reclaimed.add(new Reclaimed(claim, resolution));
            }
          }
          return reclaimed;
        });
  }

  @Override
  public void awaitWork(Quotas quotas, Duration wait) throws InterruptedException {
    ledger.lockedAwaitWork(ledger.work.limit(quotas), TimeUnit.NANOSECONDS.convert(wait));
  }

  @Override
  public void wakeUp() {
    ledger.lockedWakeUp();
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
            && delivery.state() instanceof DeliveryState.Processing processing
            && processing.isHeldBy(claim.attempt(), claim.lease());
    return isHeld ? delivery : null;
  }

  private void end(
      StoredDelivery delivery, Settlement settlement, Instant now, SharedEndings endings) {
    byClaim.remove(delivery.claim);
    delivery.claim = null;
    delivery.leaseEnd = null;
    if (delivery.state() instanceof DeliveryState.Processing processing) {
      Attempt begun = Attempt.begun(processing.attempts().started(), processing.lease());
      Resolution resolution = settlement.resolution();
      Attempt ended =
          begun
              .ended(resolution, now)
              .under(settlement.subscriptionVersion())
              .with(settlement.response());
      ledger.remember(delivery, ended, endings);
      ledger.change(delivery, endings.state(processing.settle(resolution, now)));
    }
  }
}
