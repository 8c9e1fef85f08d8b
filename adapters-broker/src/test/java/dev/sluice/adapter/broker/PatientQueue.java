package dev.sluice.adapter.broker;

import dev.sluice.contract.QuotaSamples;
import dev.sluice.domain.claim.Quotas;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.event.Priority;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.DeliveryQueue;
import dev.sluice.domain.port.Settlement;
import dev.sluice.domain.port.SettlementResult;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Waits a moment for deliveries that RabbitMQ is about to send, as workers do between claims: a
/// due delivery is claimed soon after, not in the same instant.
///
/// @param queue the queue to wait for
/// @param clock its time
record PatientQueue(DeliveryQueue queue, InstantSource clock) implements DeliveryQueue {

  /// No delivery takes longer, however busy the machine.
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Duration MOMENT = Duration.ofMillis(10);

  @Override
  public boolean isShared() {
    return queue.isShared();
  }

  @Override
  public List<Claim> claim(WorkerId worker, Quotas quotas, Duration lease) {
    var claims = new ArrayList<Claim>();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (claims.size() < quotas.total()) {
      List<Claim> more = queue.claim(worker, new Rest(quotas, claims), lease);
      claims.addAll(more);
      boolean isAllThere =
          quotas.names().stream()
              .filter(name -> new Rest(quotas, claims).of(name) > 0)
              .allMatch(name -> countDueBefore(name, clock.instant().plusNanos(1_000), 1) == 0);
      if (more.isEmpty() && (isAllThere || System.nanoTime() - end > 0)) {
        break;
      }
      if (more.isEmpty()) {
        await(MOMENT);
      }
    }
    return claims;
  }

  private void await(Duration wait) {
    try {
      queue.awaitWork(QuotaSamples.upTo(1), wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public List<Claim> claimAbandoned(WorkerId worker, Quotas quotas, Duration lease) {
    return queue.claimAbandoned(worker, quotas, lease);
  }

  @Override
  public int countDueBefore(SubscriptionName subscription, Instant dueAt, int limit) {
    return queue.countDueBefore(subscription, dueAt, limit);
  }

  /// What is left of quotas.
  private record Rest(Quotas quotas, List<Claim> claims) implements Quotas {

    @Override
    public int total() {
      return quotas.total() - claims.size();
    }

    @Override
    public boolean covers(SubscriptionName subscription) {
      return quotas.covers(subscription);
    }

    @Override
    public int of(SubscriptionName subscription) {
      return quotas.of(subscription) - taken(subscription);
    }

    private int taken(SubscriptionName subscription) {
      return (int)
          claims.stream().filter(claim -> claim.subscription().equals(subscription)).count();
    }

    @Override
    public int mostLeased(SubscriptionName subscription) {
      return quotas.mostLeased(subscription);
    }

    @Override
    public int withinRate(SubscriptionName subscription) {
      return Math.max(0, quotas.withinRate(subscription) - taken(subscription));
    }

    @Override
    public Set<SubscriptionName> names() {
      return quotas.names();
    }
  }

  @Override
  public int countAhead(
      SubscriptionName subscription, Priority priority, Instant dueAt, int limit) {
    return queue.countAhead(subscription, priority, dueAt, limit);
  }

  @Override
  public int countUnfinished(SubscriptionName subscription, int limit) {
    return queue.countUnfinished(subscription, limit);
  }

  @Override
  public List<SettlementResult> settle(List<Settlement> settlements) {
    return queue.settle(settlements);
  }

  @Override
  public List<Claim> extend(List<Claim> claims, Duration lease) {
    return queue.extend(claims, lease);
  }

  @Override
  public List<Reclaimed> reclaimExpired(int limit, Function<Claim, Resolution> verdict) {
    return queue.reclaimExpired(limit, verdict);
  }

  @Override
  public void awaitWork(Quotas quotas, Duration wait) throws InterruptedException {
    queue.awaitWork(quotas, wait);
  }

  @Override
  public void wakeUp() {
    queue.wakeUp();
  }
}
