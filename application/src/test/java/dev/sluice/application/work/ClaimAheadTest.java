package dev.sluice.application.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.fixture.HeldHandler;
import dev.sluice.application.fixture.HookedQueue.Call;
import dev.sluice.application.fixture.Outage;
import dev.sluice.application.fixture.Samples;
import dev.sluice.contract.Events;
import dev.sluice.contract.Eventually;
import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.port.AttemptContext;
import dev.sluice.domain.port.EventHandler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Deliveries that are claimed before a slot is free for them.
final class ClaimAheadTest {

  /// The first event finishes at once and all others wait, so one delivery is claimed ahead.
  private static Workbench oneAhead(HeldHandler held) {
    EventHandler handler =
        (event, attempt) ->
            event.id().value().equals("e-1") ? Outcome.SUCCEEDED : held.handle(event, attempt);
    Workbench bench = Workbench.with(handler, Samples.AT_ONCE, 1).startedWith(3);
    Eventually.holds("the second one runs", () -> held.begun() == 1);
    Eventually.holds("one is ahead", () -> bench.storage.status("e-3") == EventStatus.PROCESSING);
    return bench;
  }

  @Test
  void claimedAhead_runsWhenTheSlotIsFree() {
    var held = HeldHandler.obedient();
    try (Workbench bench = oneAhead(held)) {
      held.release();

      bench.await("e-3", EventStatus.COMPLETED);
      assertThat(bench.attempts("e-3")).hasSize(1);
    }
  }

  @Test
  void claimedAheadInVain_isHandedBackAndCostsNoAttempt() {
    var held = HeldHandler.obedient();
    try (Workbench bench = oneAhead(held)) {
      bench.pass(Duration.ofMillis(1_001));

      bench.await("e-3", EventStatus.RECEIVED);
      assertThat(bench.attempts("e-3"))
          .extracting(Attempt::end)
          .singleElement()
          .isInstanceOf(Attempt.HandedBack.class);
      assertThat(bench.engine.inFlight()).isEqualTo(1);
      held.release();
      bench.await("e-3", EventStatus.COMPLETED);
    }
  }

  @Test
  void drain_handsBackWhatHasNotBegun() throws Exception {
    var held = HeldHandler.obedient();
    Workbench bench = oneAhead(held);

    assertThat(bench.engine.drain(Duration.ZERO)).isEqualTo(new DrainReport(0, 2, 0));
    assertThat(held.begun()).isEqualTo(1);
    assertThat(List.of(bench.storage.status("e-2"), bench.storage.status("e-3")))
        .containsOnly(EventStatus.RECEIVED);
  }

  @Test
  void drain_doesNotWaitForTheStorageToTakeThemBack() throws Exception {
    var held = HeldHandler.obedient();
    Workbench bench = oneAhead(held);
    bench.queue.hooks().before(Call.SETTLE, Outage.forGood());

    bench.engine.drain(Duration.ZERO);

    assertThat(bench.storage.status("e-3")).isEqualTo(EventStatus.PROCESSING);
  }

  /// During a claim other attempts end and release their slots: deliveries from that claim must not
  /// wait beside free slots.
  @Test
  void claimedAheadBesideAFreeSlot_beginsAtOnce() {
    var steps = new StepByStep();
    try (Workbench bench = Workbench.with(steps, Samples.AT_ONCE, 4).startedWith(4)) {
      steps.awaitBegun(4);
      var hooks = bench.queue.hooks();
      hooks.before(Call.CLAIM, () -> steps.end(bench, "e-2", "e-3"));
      steps.end(bench, "e-1");
      Eventually.holds("it waits for work", () -> hooks.calls(Call.AWAIT_WORK) > 0);
      hooks.before(Call.CLAIM, () -> steps.end(bench, "e-4"));
      hooks.before(Call.AWAIT_WORK, steps::neverReturnTooEarly);

      bench.storage.events().append(Events.many(8).subList(4, 8));

      steps.awaitBegun(8);
      steps.endAll();
    }
  }

  /// A handler whose attempts end one by one.
  private static final class StepByStep implements EventHandler {

    private final Map<String, CountDownLatch> ends = new ConcurrentHashMap<>();
    private final AtomicInteger begun = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean isOver;

    @Override
    public Outcome handle(Event event, AttemptContext attempt) throws InterruptedException {
      begun.incrementAndGet();
      if (!isOver) {
        latch(event.id().value()).await();
      }
      return Outcome.SUCCEEDED;
    }

    private CountDownLatch latch(String id) {
      return ends.computeIfAbsent(id, _ -> new CountDownLatch(1));
    }

    void awaitBegun(int count) {
      Eventually.holds(count + " have begun", () -> begun.get() == count);
    }

    void end(Workbench bench, String... ids) {
      for (String id : ids) {
        latch(id).countDown();
        bench.await(id, EventStatus.COMPLETED);
      }
    }

    void endAll() {
      isOver = true;
      over.countDown();
      ends.values().forEach(CountDownLatch::countDown);
    }

    /// To wait now would leave a delivery that was claimed ahead beside a free slot.
    void neverReturnTooEarly() {
      if (begun.get() < 8) {
        try {
          over.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  @Test
  void longAttempts_getNothingClaimedAhead() {
    var held = HeldHandler.obedient();
    try (Workbench bench = Workbench.with(held, Samples.AT_ONCE, 1).startedWith(1)) {
      Eventually.holds("it runs", () -> held.begun() == 1);
      bench.storage.events().append(Events.many(4).subList(1, 4));
      bench.pass(Duration.ofSeconds(2));

      assertThat(bench.storage.status("e-2")).isEqualTo(EventStatus.RECEIVED);
      held.release();
      bench.await("e-4", EventStatus.COMPLETED);
    }
  }
}
