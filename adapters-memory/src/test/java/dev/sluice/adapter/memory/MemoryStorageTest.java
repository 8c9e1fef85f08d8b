package dev.sluice.adapter.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.AbandonedDeliveriesContract;
import dev.sluice.contract.AttemptVersionsContract;
import dev.sluice.contract.BackfillContract;
import dev.sluice.contract.BlockedLanesContract;
import dev.sluice.contract.BulkActionsContract;
import dev.sluice.contract.BulkJobsContract;
import dev.sluice.contract.ClaimOrderContract;
import dev.sluice.contract.DeadLettersContract;
import dev.sluice.contract.DeliveryControlContract;
import dev.sluice.contract.DeliveryQueueContract;
import dev.sluice.contract.EnteredAtContract;
import dev.sluice.contract.EventListContract;
import dev.sluice.contract.EventStoreContract;
import dev.sluice.contract.Events;
import dev.sluice.contract.ExistingEventsContract;
import dev.sluice.contract.ExpiredDeliveriesContract;
import dev.sluice.contract.ExtremeTimesContract;
import dev.sluice.contract.FannedOutRetentionContract;
import dev.sluice.contract.LaneArrangementContract;
import dev.sluice.contract.LanesContract;
import dev.sluice.contract.LeaseContract;
import dev.sluice.contract.MixedBulkContract;
import dev.sluice.contract.MixedControlContract;
import dev.sluice.contract.MixedEventListContract;
import dev.sluice.contract.OneProcessContract;
import dev.sluice.contract.PausedDeliveriesContract;
import dev.sluice.contract.PriorityContract;
import dev.sluice.contract.ResponsesContract;
import dev.sluice.contract.RoutingRecordContract;
import dev.sluice.contract.ScheduledDeliveriesContract;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.contract.SubscriptionCountsContract;
import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.Response;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.AppendResult;
import dev.sluice.domain.port.BulkAction;
import dev.sluice.domain.port.BulkJobs;
import dev.sluice.domain.port.BulkPlan;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.Durability;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.port.Settlement;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The memory storage keeps every promise of its ports, and its own limits.
final class MemoryStorageTest
    implements EventStoreContract,
        ExistingEventsContract,
        EventListContract,
        MixedEventListContract,
        DeliveryQueueContract,
        ClaimOrderContract,
        RoutingRecordContract,
        PausedDeliveriesContract,
        SubscriptionCountsContract,
        LeaseContract,
        AttemptVersionsContract,
        ResponsesContract,
        EnteredAtContract,
        ScheduledDeliveriesContract,
        PriorityContract,
        LanesContract,
        BlockedLanesContract,
        LaneArrangementContract,
        ExpiredDeliveriesContract,
        AbandonedDeliveriesContract,
        OneProcessContract,
        ExtremeTimesContract,
        FannedOutRetentionContract,
        DeliveryControlContract,
        MixedControlContract,
        DeadLettersContract,
        BulkActionsContract,
        MixedBulkContract,
        BackfillContract,
        BulkJobsContract {

  private static final long PLENTY = 1L << 40;

  @Override
  public StorageFixture newStorage() {
    return limitedTo(10_000, PLENTY);
  }

  private static StorageFixture limitedTo(long maxEvents, long maxBytes) {
    var clock = new SettableClock();
    return new StorageFixture(
        MemoryAdapter.storage(new MemorySettings(maxEvents, maxBytes), clock), clock);
  }

  @Test
  void durability_isMemory() {
    assertThat(newStorage().events().durability()).isEqualTo(Durability.MEMORY);
  }

  @Test
  void fullStorage_forgetsTheLongestFinished() {
    StorageFixture fixture = limitedTo(2, PLENTY);
    fixture.complete("first");
    fixture.complete("second");

    fixture.append("third");

    assertThat(fixture.events().find(new EventId("first"))).isEmpty();
    assertThat(fixture.status("second")).isEqualTo(EventStatus.COMPLETED);
    assertThat(fixture.status("third")).isEqualTo(EventStatus.RECEIVED);
  }

  @Test
  void fullStorage_refusesRatherThanForgetUnfinishedEvents() {
    StorageFixture fixture = limitedTo(2, PLENTY);
    fixture.events().append(Events.many(2));

    assertThat(fixture.append(Events.event("third"))).isInstanceOf(AppendResult.Full.class);

    assertThat(fixture.events().counts().backlog()).isEqualTo(2);
    assertThat(fixture.events().find(new EventId("third"))).isEmpty();
  }

  /// More jobs than the maximum are planned during the step.
  @Test
  void eventWithManyDeliveries_takesTheRoomOfThem() {
    StorageFixture fixture = limitedTo(1_000, 20_000);
    List<SubscriptionName> hundred =
        IntStream.range(0, 100).mapToObj(number -> new SubscriptionName("s-" + number)).toList();
    fixture.append("small");

    List<AppendResult> results =
        fixture.events().append(List.of(new NewEvent(Events.event("large"), hundred)));

    assertThat(results).containsExactly(new AppendResult.Full());
    fixture.append("other");
    assertThat(fixture.status("other")).isEqualTo(EventStatus.RECEIVED);
  }

  @Test
  void jobStoppedInTheMiddleOfAStep_isNotForgottenBeforeTheStepIsRecorded() {
    var clock = new SettableClock();
    var onNextLook = new AtomicReference<Runnable>(() -> {});
    TimeSource watched =
        TimeSource.of(
            () -> {
              onNextLook.getAndSet(() -> {}).run();
              return clock.instant();
            },
            clock::nanoTime);
    var fixture =
        new StorageFixture(MemoryAdapter.storage(new MemorySettings(100, PLENTY), watched), clock);
    fixture.append("e-1");
    clock.advance(Duration.ofSeconds(1));
    BulkJobs jobs = fixture.storage().bulk();
    jobs.plan(cancelAll(fixture, "stopped"));
    jobs.start("stopped", "ann", 0);
    onNextLook.set(
        () -> {
          jobs.stop("stopped");
          IntStream.range(0, BulkJobs.MAX_KEPT + 1)
              .forEach(number -> jobs.plan(cancelAll(fixture, "other-" + number)));
        });

    assertThat(jobs.step("stopped", 10))
        .get()
        .satisfies(step -> assertThat(step.changed()).hasSize(1));
  }

  private static BulkPlan cancelAll(StorageFixture fixture, String id) {
    return new BulkPlan(
        id,
        "token-" + id,
        BulkAction.CANCEL,
        BulkAction.CANCEL.qualifying(EventFilter.ALL).orElseThrow(),
        Optional.empty(),
        fixture.events().newest(),
        Cursor.END,
        1,
        fixture.now(),
        "ann");
  }

  @Test
  void byteLimit_countsPayloads() {
    StorageFixture fixture = limitedTo(1_000, 100_000);
    String large = "\"" + "x".repeat(60_000) + "\"";
    fixture.append(Events.withPayload(Events.event("large-1"), large));

    AppendResult second = fixture.append(Events.withPayload(Events.event("large-2"), large));

    assertThat(second).isInstanceOf(AppendResult.Full.class);
    assertThat(fixture.append(Events.event("small"))).isInstanceOf(AppendResult.Stored.class);
  }

  @Test
  void forgottenEvents_giveTheirRoomBack() {
    StorageFixture fixture = limitedTo(1_000, 100_000);
    String large = "\"" + "x".repeat(60_000) + "\"";

    for (String id : List.of("a", "b", "c", "d")) {
      AppendResult stored = fixture.append(Events.withPayload(Events.event(id), large));
      assertThat(stored).as(id).isInstanceOf(AppendResult.Stored.class);
      fixture.settle(fixture.claimOne(), Resolution.COMPLETE);
    }
  }

  @Test
  void byteLimit_countsResponses() {
    StorageFixture fixture = limitedTo(1_000, 100_000);
    for (int number = 1; number <= 20; number++) {
      fixture.append("e-" + number);
      settleWithResponse(fixture);
    }

    assertThat(fixture.events().find(new EventId("e-1"))).isEmpty();
    assertThat(fixture.status("e-20")).isEqualTo(EventStatus.COMPLETED);
    assertThat(fixture.events().newestAttempts(SubscriptionName.DEFAULT, Optional.empty(), 200))
        .hasSizeBetween(4, 6);
  }

  @Test
  void responseWithoutRoom_isDropped() {
    StorageFixture fixture = limitedTo(1_000, 10_000);
    fixture.append("e-1");

    settleWithResponse(fixture);

    assertThat(fixture.record("e-1").history().getFirst().attempts())
        .singleElement()
        .extracting(Attempt::response)
        .isEqualTo(Optional.empty());
  }

  private static void settleWithResponse(StorageFixture fixture) {
    var none = Optional.<Duration>empty();
    var times = new Response.Times(none, none, none, none, Duration.ofMillis(1));
    String body = "x".repeat(Response.MAX_BODY_LENGTH);
    var response = new Response("https://a.example", 200, Map.of(), body, false, times);
    var settlement =
        new Settlement(fixture.claimOne(), Resolution.COMPLETE, 0, Optional.of(response));
    var _ = fixture.queue().settle(List.of(settlement));
  }
}
