package dev.sluice.application.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.memory.MemoryAdapter;
import dev.sluice.adapter.memory.MemorySettings;
import dev.sluice.application.fixture.PlainFilters;
import dev.sluice.application.operate.BulkOperations.Planned;
import dev.sluice.application.operate.BulkOperations.Started;
import dev.sluice.contract.Events;
import dev.sluice.contract.QuotaSamples;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.port.BulkAction;
import dev.sluice.domain.port.ChangeBatch;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.port.Settlement;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Bulk jobs over events with several deliveries.
final class BulkFanOutTest {

  private static final int DELIVERIES = 10;
  private static final Duration TICK = Duration.ofMillis(50);

  private static final List<SubscriptionName> SUBSCRIPTIONS =
      IntStream.range(0, DELIVERIES).mapToObj(n -> new SubscriptionName("s-" + n)).toList();

  private final SettableClock clock = new SettableClock();
  private final StorageFixture storage =
      new StorageFixture(
          MemoryAdapter.storage(new MemorySettings(100_000, 1L << 30), clock), clock);

  /// Announced changes by the progress of the only job at that time, which is one number a step.
  private final Map<Long, Integer> announcedBySteps = new HashMap<>();

  private final BulkPace pace = new BulkPace(() -> 0, () -> 0);
  private final BulkPlanner planner =
      new BulkPlanner(storage.storage(), pace, new SplittableRandom(1));
  private final BulkRunner runner =
      new BulkRunner(
          storage.storage().bulk(),
          pace,
          _ -> announcedBySteps.merge(progress(), 1, Integer::sum),
          _ -> {},
          new BulkRunner.Dependencies(
              clock,
              Duration.ofDays(1),
              () -> true,
              new BackfillSteps(storage.storage(), PlainFilters.FORMAT, _ -> Optional.empty())));

  /// Stores events of which every delivery is a dead letter but that of the first subscription.
  private void deadLetters(int events) {
    storage
        .events()
        .append(
            IntStream.range(0, events)
                .mapToObj(number -> new NewEvent(Events.event("e-" + number), SUBSCRIPTIONS))
                .toList());
    storage
        .queue()
        .settle(
            storage
                .queue()
                .claim(
                    StorageFixture.WORKER,
                    QuotaSamples.only(events * DELIVERIES, SUBSCRIPTIONS),
                    StorageFixture.LEASE)
                .stream()
                .map(claim -> new Settlement(claim, outcome(claim)))
                .toList());
    clock.advance(TICK);
  }

  private static Resolution outcome(Claim claim) {
    return claim.subscription().equals(SUBSCRIPTIONS.getFirst())
        ? Resolution.COMPLETE
        : new Resolution.DeadLetter(StorageFixture.CAUSE);
  }

  private long progress() {
    return storage.storage().bulk().started(1).getFirst().done();
  }

  private Planned plan(EventFilter filter) {
    return planner.plan(BulkAction.REPLAY, filter, Long.MAX_VALUE, "ann");
  }

  /// The stream keeps a limited number of changes, and a step is one transaction.
  @Test
  void step_changesNoMoreDeliveriesThanABatchOfChangesHolds() {
    deadLetters(600);
    Planned planned = plan(EventFilter.ALL);
    assertThat(planner.start(planned.plan().token(), 1_000_000, "bob"))
        .isInstanceOf(Started.Running.class);

    for (int turn = 0; turn < 100 && !storage.storage().bulk().running().isEmpty(); turn++) {
      clock.advance(TICK);
      runner.run();
    }

    assertThat(announcedBySteps.values())
        .hasSizeGreaterThan(5)
        .allSatisfy(changes -> assertThat(changes).isLessThanOrEqualTo(ChangeBatch.MAX_CHANGES));
    assertThat(announcedBySteps.values().stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(600 * (DELIVERIES - 1));
    assertThat(storage.events().counts().of(DeliveryStatus.RECEIVED)).isEqualTo(5_400);
  }

  @Test
  void plan_countsEventsByTheStatusOfTheirDeliveries() {
    deadLetters(5);
    storage.append("waiting");
    EventFilter completed = EventFilter.ALL.withStatuses(Set.of(EventStatus.COMPLETED));

    assertThat(plan(EventFilter.ALL).plan().qualifying()).isEqualTo(5);
    assertThat(plan(EventFilter.ALL).matching()).isEqualTo(6);
    assertThat(plan(completed).plan().qualifying()).isEqualTo(5);
    assertThat(plan(completed).matching()).isEqualTo(5);
  }
}
