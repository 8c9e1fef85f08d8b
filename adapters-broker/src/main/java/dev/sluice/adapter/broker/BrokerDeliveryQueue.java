package dev.sluice.adapter.broker;

import dev.sluice.adapter.broker.InFlight.Held;
import dev.sluice.adapter.broker.Settlements.Ended;
import dev.sluice.adapter.broker.codec.Micros;
import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.domain.claim.Quotas;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Lease;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.event.Priority;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.DeliveryQueue;
import dev.sluice.domain.port.EventCount;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.Settlement;
import dev.sluice.domain.port.SettlementResult;
import dev.sluice.domain.port.StoreUnavailableException;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Claims and settles the deliveries that RabbitMQ sends to this node.
///
/// They come roughly in the order in which they were published; RabbitMQ decides which node gets
/// which.
final class BrokerDeliveryQueue implements DeliveryQueue {

  private static final Duration PAUSE_WHILE_AWAY = Duration.ofMillis(200);

  private final Redis redis;
  private final Scripts scripts;
  private final Inbox inbox;
  private final DelayedDeliveries delayedDeliveries;
  private final InFlight inFlight;
  private final RedisClaims redisClaims;
  private final Settlements settlements;

  BrokerDeliveryQueue(
      Redis redis,
      Scripts scripts,
      Inbox inbox,
      DelayedDeliveries delayedDeliveries,
      InFlight inFlight,
      RedisClaims redisClaims,
      Settlements settlements) {
    this.redis = redis;
    this.scripts = scripts;
    this.inbox = inbox;
    this.delayedDeliveries = delayedDeliveries;
    this.inFlight = inFlight;
    this.redisClaims = redisClaims;
    this.settlements = settlements;
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public List<Claim> claim(WorkerId worker, Quotas quotas, Duration lease) {
    delayedDeliveries.unparkWhenDue(quotas);
    return redisClaims.claim(worker, quotas, lease);
  }

  /// Returns none: RabbitMQ delivers in its own order, so [#claim] takes abandoned deliveries too.
  @Override
  public List<Claim> claimAbandoned(WorkerId worker, Quotas quotas, Duration lease) {
    return List.of();
  }

  @Override
  public int countDueBefore(SubscriptionName subscription, Instant dueAt, int limit) {
    return new WaitingDeliveries(redis).countDueBefore(subscription, dueAt, limit);
  }

  @Override
  public int countAhead(
      SubscriptionName subscription, Priority priority, Instant dueAt, int limit) {
    return countDueBefore(subscription, dueAt, limit);
  }

  @Override
  public int countUnfinished(SubscriptionName subscription, int limit) {
    var waiting = new WaitingDeliveries(redis);
    int count = waiting.ids(subscription, limit).size();
    count = Math.min(limit, count + inProgress(subscription, limit - count));
    // A delivery may have begun to wait again after the first look, before the second.
    return count == 0 ? waiting.ids(subscription, limit).size() : count;
  }

  private int inProgress(SubscriptionName subscription, int limit) {
    var scan =
        new EventScan(
            redis,
            EventFilter.ALL
                .withStatuses(Set.of(EventStatus.PROCESSING))
                .withSubscriptions(Set.of(subscription)));
    int count = 0;
    Cursor next = Cursor.START;
    while (count < limit && !next.equals(Cursor.END)) {
      EventCount counted = scan.count(next, limit - count);
      count += (int) counted.events();
      next = counted.next();
    }
    return count;
  }

  /// Settles what needs no message first: it must not wait while RabbitMQ accepts none.
  @Override
  public List<SettlementResult> settle(List<Settlement> batch) {
    var over = new ArrayList<Ended>(batch.size());
    var others = new ArrayList<Ended>();
    for (Settlement settlement : batch) {
      boolean isOver =
          settlement.resolution() instanceof Resolution.Complete
              || settlement.resolution() instanceof Resolution.Expire;
      inFlight
          .find(settlement.claim())
          .map(held -> Ended.of(held, settlement))
          .ifPresent((isOver ? over : others)::add);
    }
    remember(over, settlements.complete(over).stream().map(Optional::of).toList());
    List<Optional<SettlementResult>> results = settlements.settle(others);
    remember(others, results);
    if (results.stream().anyMatch(Optional::isEmpty)) {
      throw new StoreUnavailableException("RabbitMQ did not confirm all follow-up messages");
    }
    return batch.stream().map(settlement -> inFlight.takeResult(settlement.claim())).toList();
  }

  private void remember(List<Ended> ended, List<Optional<SettlementResult>> results) {
    for (int index = 0; index < ended.size(); index++) {
      Claim claim = ended.get(index).held().claim();
      results.get(index).ifPresent(result -> inFlight.settled(claim, result));
    }
  }

  @Override
  public List<Claim> extend(List<Claim> toExtend, Duration lease) {
    var arguments = new ArrayList<String>(1 + 5 * toExtend.size());
    arguments.add(Micros.text(lease));
    toExtend.forEach(claim -> Settlements.addName(arguments, claim));
    List<String> answers = scripts.run(Scripts.EXTEND, arguments);
    Instant end = Lease.end(scripts.now(), lease);
    var lost = new ArrayList<Claim>();
    for (int index = 0; index < answers.size(); index++) {
      Claim claim = toExtend.get(index);
      if (answers.get(index).equals("ok") && inFlight.find(claim).isPresent()) {
        inFlight.extend(claim, end);
      } else {
        lost.add(claim);
      }
    }
    return lost;
  }

  @Override
  public List<Reclaimed> reclaimExpired(int limit, Function<Claim, Resolution> verdict) {
    List<Held> silent = redisClaims.takeAbandoned(limit);
    List<Held> expired = inFlight.expired(scripts.now(), limit - silent.size());
    var all = new ArrayList<>(silent);
    all.addAll(expired);
    List<Ended> ended =
        all.stream()
            .map(held -> new Ended(held, verdict.apply(held.claim()), 0, Optional.empty()))
            .toList();
    return reclaimed(ended, settleOrRequeue(ended, silent), silent);
  }

  private List<Optional<SettlementResult>> settleOrRequeue(List<Ended> ended, List<Held> silent) {
    try {
      return settlements.settle(ended);
    } catch (StoreUnavailableException e) {
      redisClaims.requeueAbandoned(silent);
      throw e;
    }
  }

  /// Returns the deliveries that were settled, and requeues abandoned ones that were not.
  private List<Reclaimed> reclaimed(
      List<Ended> ended, List<Optional<SettlementResult>> results, List<Held> silent) {
    var reclaimed = new ArrayList<Reclaimed>();
    for (int index = 0; index < ended.size(); index++) {
      Held held = ended.get(index).held();
      Optional<SettlementResult> result = results.get(index);
      if (result.isPresent()) {
        inFlight.remove(held.claim());
      } else if (silent.contains(held)) {
        redisClaims.requeueAbandoned(List.of(held));
      }
      if (result.filter(SettlementResult.SETTLED::equals).isPresent()) {
        Resolution done = held.receivedDelivery().published().orElse(ended.get(index).resolution());
        reclaimed.add(new Reclaimed(held.claim(), done));
      }
    }
    return reclaimed;
  }

  @Override
  public void awaitWork(Quotas quotas, Duration wait) throws InterruptedException {
    try {
      inbox.open();
    } catch (StoreUnavailableException e) {
      // The next claim reports it; the pause only keeps the caller from spinning.
      TimeUnit.NANOSECONDS.sleep(
          Math.min(TimeUnit.NANOSECONDS.convert(wait), PAUSE_WHILE_AWAY.toNanos()));
      return;
    }
    var allowance = new ClaimAllowance(quotas);
    inbox.await(
        delayedDeliveries.shorten(quotas, wait),
        one -> one.message().subscription().filter(allowance::leaves).isEmpty());
  }

  @Override
  public void wakeUp() {
    inbox.wakeUp();
  }
}
