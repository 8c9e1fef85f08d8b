package dev.sluice.application.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.fixture.HeldHandler;
import dev.sluice.application.fixture.HookedQueue.Call;
import dev.sluice.application.fixture.Outage;
import dev.sluice.application.fixture.Samples;
import dev.sluice.contract.Eventually;
import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.delivery.Transition;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// A queue that fails for a while loses no outcome and no slot.
final class StorageOutageTest {

  private static Workbench succeeding(int slots) {
    return Workbench.with((_, _) -> Outcome.SUCCEEDED, Samples.AT_ONCE, slots);
  }

  @Test
  void outcome_isReportedUntilItIsRecorded() throws Exception {
    try (var bench = succeeding(1)) {
      bench.queue.hooks().before(Call.SETTLE, Outage.ofCalls(3));
      bench.startedWith(1).await("e-1", EventStatus.COMPLETED);

      assertThat(bench.attempts("e-1")).hasSize(1);
      assertThat(bench.queue.hooks().calls(Call.SETTLE)).isEqualTo(4);
      assertThat(bench.awaitNews(Transition.Settled.class, 1)).hasSize(1);
      bench.awaitInFlight(0);
    }
  }

  @Test
  void outcomeThatWasRecordedThoughTheAnswerGotLost_countsOnce() throws Exception {
    try (var bench = succeeding(1)) {
      bench.queue.hooks().after(Call.SETTLE, Outage.ofCalls(1));
      bench.startedWith(1).await("e-1", EventStatus.COMPLETED);

      assertThat(bench.awaitNews(Transition.LeaseLost.class, 1)).hasSize(1);
      assertThat(bench.attempts("e-1")).hasSize(1);
      assertThat(bench.news.all(Transition.Settled.class)).isEmpty();
      bench.awaitInFlight(0);
    }
  }

  @Test
  void claimsThatFail_areTriedAgain() throws Exception {
    try (var bench = succeeding(1)) {
      bench.queue.hooks().before(Call.CLAIM, Outage.ofCalls(2));
      bench.startedWith(1).await("e-1", EventStatus.COMPLETED);

      assertThat(bench.engine.isRunning()).isTrue();
    }
  }

  @Test
  void unexpectedErrorOfClaim_doesNotEndTheDispatcher() throws Exception {
    var first = new AtomicInteger();
    try (var bench = succeeding(1)) {
      bench
          .queue
          .hooks()
          .before(
              Call.CLAIM,
              () -> {
                if (first.getAndIncrement() == 0) {
                  throw new IllegalStateException("a bug in an adapter");
                }
              });
      bench.startedWith(1).await("e-1", EventStatus.COMPLETED);

      bench.awaitInFlight(0);
    }
  }

  @Test
  void unexpectedErrorOfSettle_freesTheSlotAndLeavesTheRestToTheLease() throws Exception {
    var first = new AtomicInteger();
    try (var bench = succeeding(1)) {
      bench.queue.hooks().before(Call.SETTLE, () -> failFirst(first));
      bench.startedWith(1).awaitSettleCalls(1);
      bench.awaitInFlight(0);
      bench.pass(Workbench.LEASE);
      bench.await("e-1", EventStatus.COMPLETED);

      assertThat(bench.attempts("e-1")).extracting(Attempt::number).containsExactly(1, 2);
    }
  }

  private static void failFirst(AtomicInteger calls) {
    if (calls.getAndIncrement() == 0) {
      throw new IllegalStateException("a bug in an adapter");
    }
  }

  @Test
  void outcomesThatComeWhileTheStorageIsBusy_areRecordedTogether() throws Exception {
    var busy = new CountDownLatch(1);
    try (var bench = succeeding(20)) {
      bench.queue.hooks().before(Call.SETTLE, () -> awaitQuietly(busy));
      bench.startedWith(20).awaitSettleCalls(1);
      Eventually.holds("all are in flight", () -> bench.engine.inFlight() == 20);
      Eventually.holds(
          "all handlers returned",
          () -> bench.storage.events().counts().of(EventStatus.RECEIVED) == 0);
      busy.countDown();
      bench.awaitInFlight(0);

      assertThat(bench.queue.batches().stream().mapToInt(size -> size).sum()).isEqualTo(20);
    }
  }

  @Test
  void outcomesThatWaitForTheStorage_areBounded() throws Exception {
    var busy = new CountDownLatch(1);
    try (var bench = succeeding(1)) {
      bench.queue.hooks().before(Call.SETTLE, () -> awaitQuietly(busy));
      bench.startedWith(Slots.DELIVERIES_PER_SLOT + 2).awaitSettleCalls(1);

      bench.awaitInFlight(Slots.DELIVERIES_PER_SLOT);
      String last = "e-" + (Slots.DELIVERIES_PER_SLOT + 1);
      assertThat(bench.storage.status(last)).isEqualTo(EventStatus.RECEIVED);
      busy.countDown();
      bench.await(last, EventStatus.COMPLETED);
    }
  }

  /// The ticker also watches deadlines, extends leases and lets retention make room.
  @Test
  void tick_doesNotWaitForAStorageThatHangs() {
    var hangs = new CountDownLatch(1);
    var held = HeldHandler.obedient();
    try (var bench = Workbench.with(held, Samples.AT_ONCE, 1).startedWith(1)) {
      Eventually.holds("it runs", () -> held.begun() == 1);
      bench.queue.hooks().before(Call.SETTLE, () -> awaitQuietly(hangs));

      bench.pass(Workbench.TIMEOUT);

      bench.awaitSettleCalls(1);
      assertThat(hangs.getCount()).as("the storage still hangs").isEqualTo(1);
      hangs.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void drain_doesNotWaitForAStorageThatStaysAway() throws Exception {
    var bench = succeeding(1);
    bench.queue.hooks().before(Call.SETTLE, Outage.forGood());
    bench.startedWith(1).awaitSettleCalls(2);

    assertThat(bench.engine.drain(Duration.ZERO)).isEqualTo(new DrainReport(1, 0, 0));
    assertThat(bench.storage.status("e-1")).isEqualTo(EventStatus.PROCESSING);
  }
}
