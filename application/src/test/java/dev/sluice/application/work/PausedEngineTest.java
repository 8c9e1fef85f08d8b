package dev.sluice.application.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.fixture.HeldHandler;
import dev.sluice.application.fixture.HookedQueue.Call;
import dev.sluice.application.fixture.Samples;
import dev.sluice.contract.Events;
import dev.sluice.contract.Eventually;
import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.port.EventHandler;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What a work engine does while work is paused.
final class PausedEngineTest {

  private static final PausedWork EVERYTHING = new PausedWork(true, Set.of());
  private static final PausedWork DEFAULT_ONLY =
      new PausedWork(false, Set.of(SubscriptionName.DEFAULT));
  private static final EventHandler SUCCEEDS = (_, _) -> Outcome.SUCCEEDED;

  private static void appendFor(Workbench bench, String id, String subscription) {
    bench
        .storage
        .events()
        .append(
            List.of(new NewEvent(Events.event(id), List.of(new SubscriptionName(subscription)))));
  }

  @Test
  void pausedProcessing_beginsNothingUntilItIsResumed() {
    try (Workbench bench = Workbench.with(SUCCEEDS)) {
      bench.engine.pause(EVERYTHING);
      bench.startedWith(3);
      bench.pass(Duration.ofSeconds(10));
      assertThat(bench.queue.hooks().calls(Call.CLAIM)).isZero();
      assertThat(bench.engine.isRunning()).isTrue();

      bench.engine.pause(PausedWork.NOTHING);

      bench.await("e-3", EventStatus.COMPLETED);
      assertThat(bench.attempts("e-1")).hasSize(1);
    }
  }

  @Test
  void runningAttempt_isLeftToFinish() {
    var held = HeldHandler.obedient();
    try (Workbench bench = Workbench.with(held, Samples.AT_ONCE, 1).startedWith(2)) {
      Eventually.holds("it runs", () -> held.begun() == 1);

      bench.engine.pause(EVERYTHING);
      bench.pass(Duration.ofSeconds(5));
      held.release();

      bench.await("e-1", EventStatus.COMPLETED);
      assertThat(bench.storage.status("e-2")).isEqualTo(EventStatus.RECEIVED);
      bench.engine.pause(PausedWork.NOTHING);
      bench.await("e-2", EventStatus.COMPLETED);
    }
  }

  @Test
  void leases_areKeptWhilePaused() {
    var held = HeldHandler.obedient();
    try (Workbench bench =
        Workbench.with(held, Samples.AT_ONCE, 1, Duration.ofHours(1)).startedWith(1)) {
      Eventually.holds("it runs", () -> held.begun() == 1);
      bench.engine.pause(EVERYTHING);

      for (int minute = 0; minute < 10; minute++) {
        bench.pass(Workbench.LEASE.dividedBy(2).plusSeconds(1));
      }
      held.release();

      bench.await("e-1", EventStatus.COMPLETED);
      assertThat(bench.attempts("e-1")).hasSize(1);
    }
  }

  /// The first event finishes at once and all others wait, so one delivery is claimed ahead.
  @Test
  void claimedAhead_isHandedBackAndCostsNoAttempt() {
    var held = HeldHandler.obedient();
    EventHandler handler =
        (event, attempt) ->
            event.id().value().equals("e-1") ? Outcome.SUCCEEDED : held.handle(event, attempt);
    try (Workbench bench = Workbench.with(handler, Samples.AT_ONCE, 1).startedWith(3)) {
      Eventually.holds("the second one runs", () -> held.begun() == 1);
      Eventually.holds("one is ahead", () -> bench.storage.status("e-3") == EventStatus.PROCESSING);

      bench.engine.pause(DEFAULT_ONLY);

      bench.await("e-3", EventStatus.RECEIVED);
      assertThat(bench.attempts("e-3"))
          .extracting(Attempt::end)
          .singleElement()
          .isInstanceOf(Attempt.HandedBack.class);
      held.release();
      bench.await("e-2", EventStatus.COMPLETED);
      bench.engine.pause(PausedWork.NOTHING);
      bench.await("e-3", EventStatus.COMPLETED);
      assertThat(bench.storage.record("e-3").summary().deliveries().getFirst().state().attempts())
          .satisfies(attempts -> assertThat(attempts.spent()).isEqualTo(1));
    }
  }

  /// A claim that was in progress when the pause came.
  @Test
  void claimUnderWay_isHandedBack() {
    try (Workbench bench = Workbench.with(SUCCEEDS)) {
      bench.queue.hooks().after(Call.CLAIM, () -> bench.engine.pause(EVERYTHING));
      bench.startedWith(1);

      bench.awaitSettleCalls(1);
      bench.await("e-1", EventStatus.RECEIVED);
      bench.queue.hooks().after(Call.CLAIM, () -> {});
      bench.engine.pause(PausedWork.NOTHING);
      bench.await("e-1", EventStatus.COMPLETED);
    }
  }

  @Test
  void pausedSubscription_doesNotHoldUpOthers() {
    try (Workbench bench =
        Workbench.with(SUCCEEDS, Samples.to("mail", "*"), Samples.to("other", "*"))) {
      bench.engine.pause(new PausedWork(false, Set.of(new SubscriptionName("mail"))));
      appendFor(bench, "mail-1", "mail");
      bench.engine.start();

      appendFor(bench, "other-1", "other");

      bench.await("other-1", EventStatus.COMPLETED);
      assertThat(bench.storage.status("mail-1")).isEqualTo(EventStatus.RECEIVED);
      bench.engine.pause(PausedWork.NOTHING);
      bench.await("mail-1", EventStatus.COMPLETED);
    }
  }

  @Test
  void drain_endsAPausedEngine() throws Exception {
    Workbench bench = Workbench.with(SUCCEEDS);
    bench.engine.pause(EVERYTHING);
    bench.startedWith(1);

    assertThat(bench.engine.drain(Duration.ofSeconds(5))).isEqualTo(new DrainReport(0, 0, 0));

    assertThat(bench.engine.isRunning()).isFalse();
    assertThat(bench.storage.status("e-1")).isEqualTo(EventStatus.RECEIVED);
  }

  /// It is not a failed attempt: another node may know the subscription.
  @Test
  void unknownSubscription_isLeftAlone() {
    try (Workbench bench = Workbench.with(SUCCEEDS)) {
      appendFor(bench, "other-1", "other");
      bench.startedWith(3);

      bench.await("e-3", EventStatus.COMPLETED);
      assertThat(bench.storage.record("other-1").summary().attempts()).isZero();
      assertThat(bench.storage.status("other-1")).isEqualTo(EventStatus.RECEIVED);
    }
  }
}
