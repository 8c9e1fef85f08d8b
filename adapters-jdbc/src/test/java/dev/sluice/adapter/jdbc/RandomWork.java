package dev.sluice.adapter.jdbc;

import dev.sluice.contract.Events;
import dev.sluice.contract.QuotaSamples;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.claim.Quotas;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.delivery.ReplayScope;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.lane.LanePlace;
import dev.sluice.domain.port.BackfillChoice;
import dev.sluice.domain.port.BulkAction;
import dev.sluice.domain.port.BulkPlan;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.port.PageRequest;
import dev.sluice.domain.port.Settlement;
import dev.sluice.domain.port.Storage;
import dev.sluice.domain.subscription.Backfill;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.TypePattern;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// What producers, workers, operators and retention do with a few events that are fanned out, in an
/// order that a seed decides.
public final class RandomWork {

  private static final List<BulkAction> BULK_ACTIONS =
      List.of(BulkAction.REPLAY, BulkAction.CANCEL, BulkAction.DISCARD);
  private static final List<SubscriptionName> SEVERAL =
      List.of(
          new SubscriptionName("audit"),
          new SubscriptionName("mail"),
          new SubscriptionName("search"));

  private final Storage storage;
  private final SettableClock clock;
  private final SplittableRandom random;
  private final WorkerId worker;

  public RandomWork(Storage storage, SettableClock clock, int seed) {
    this.storage = storage;
    this.clock = clock;
    this.random = new SplittableRandom(seed);
    this.worker = new WorkerId("worker-" + seed);
  }

  /// Acts once, as producer, worker, operator or retention.
  public void step() {
    switch (random.nextInt(8)) {
      case 0, 1 -> storage.events().append(batch());
      case 2, 3, 4 -> work();
      case 5 -> storage.control().replay(anyId(), new ReplayScope.All(), LanePlace.TAIL);
      case 6 -> storage.control().cancel(anyId(), Set.of());
      default -> clean();
    }
  }

  private List<NewEvent> batch() {
    return IntStream.range(0, 1 + random.nextInt(8))
        .mapToObj(
            _ ->
                new NewEvent(
                    Events.event(anyId().value()),
                    SEVERAL.subList(0, random.nextInt(SEVERAL.size() + 1))))
        .toList();
  }

  private EventId anyId() {
    return new EventId("e-" + random.nextInt(150));
  }

  private void work() {
    List<Claim> claims = storage.deliveries().claim(worker, quotas(), StorageFixture.LEASE);
    storage.deliveries().extend(claims, StorageFixture.LEASE);
    storage
        .deliveries()
        .settle(claims.stream().map(claim -> new Settlement(claim, resolution())).toList());
  }

  private Quotas quotas() {
    Set<SubscriptionName> paused =
        random.nextBoolean() ? Set.of() : Set.of(SEVERAL.get(random.nextInt(SEVERAL.size())));
    return QuotaSamples.without(1 + random.nextInt(12), paused);
  }

  private Resolution resolution() {
    return switch (random.nextInt(5)) {
      case 0 -> new Resolution.Retry(clock.instant(), StorageFixture.CAUSE);
      case 1 -> new Resolution.DeadLetter(StorageFixture.CAUSE);
      case 2 -> Resolution.HAND_BACK;
      default -> Resolution.COMPLETE;
    };
  }

  private void clean() {
    Instant later = clock.instant().plusSeconds(1);
    switch (random.nextInt(4)) {
      case 0 -> storage.events().purge(later, 3);
      case 1 -> bulk();
      case 2 -> backfill();
      default ->
          storage
              .deliveries()
              .reclaimExpired(5, _ -> new Resolution.Retry(clock.instant(), StorageFixture.CAUSE));
    }
  }

  /// Runs a job on a few events, some of which other threads may change meanwhile.
  private void bulk() {
    BulkAction action = BULK_ACTIONS.get(random.nextInt(BULK_ACTIONS.size()));
    var plan =
        new BulkPlan(
            "bulk-" + random.nextLong(),
            "token-" + random.nextLong(),
            action,
            action.qualifying(EventFilter.ALL).orElseThrow(),
            Optional.empty(),
            storage.events().newest(),
            Cursor.END,
            5,
            storage.bulk().now(),
            "test");
    storage.bulk().plan(plan);
    storage.bulk().start(plan.id(), "test", 0);
    storage.bulk().step(plan.id(), 5);
    storage.bulk().stop(plan.id());
  }

  /// Adds deliveries to a few events that other threads may change meanwhile.
  private void backfill() {
    SubscriptionName subscription = SEVERAL.get(random.nextInt(SEVERAL.size()));
    var plan =
        new BulkPlan(
            "bulk-" + random.nextLong(),
            "token-" + random.nextLong(),
            BulkAction.BACKFILL,
            EventFilter.ALL,
            Optional.of(
                new Backfill(
                    subscription, List.of(TypePattern.ANY), Optional.empty(), Optional.empty())),
            storage.events().newest(),
            Cursor.END,
            5,
            storage.bulk().now(),
            "test");
    storage.bulk().plan(plan);
    storage.bulk().start(plan.id(), "test", 0);
    List<Event> events =
        storage.events().list(EventFilter.ALL, PageRequest.first(8)).items().stream()
            .map(EventSummary::event)
            .toList();
    storage
        .bulk()
        .backfill(
            storage.bulk().find(plan.id()).orElseThrow(),
            new BackfillChoice(events, Optional.of(Cursor.END)));
    storage.bulk().stop(plan.id());
  }
}
