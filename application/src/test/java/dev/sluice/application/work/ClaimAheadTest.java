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
import dev.sluice.domain.port.EventHandler;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Deliveries that are claimed before there is a slot for them.
final class ClaimAheadTest {

  /// The first event is over at once, all others are held: so one is claimed ahead and waits.
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
