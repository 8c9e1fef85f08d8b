package dev.sluice.application.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.Eventually;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Slots of two pools, and permits for deliveries.
final class SlotsTest {

  private final Slots slots = new Slots(2, 10);

  @Test
  void freeSlots_areTakenOfBothPools() throws InterruptedException {
    assertThat(slots.takeFree(true)).isEqualTo(new FreeSlots(2, 10));
    assertThat(slots.giveBack(SlotPool.RECEIVERS, 3)).as("there were some").isFalse();
    slots.giveBack(new FreeSlots(1, 1));

    assertThat(slots.takeFree(true)).isEqualTo(new FreeSlots(1, 4));
  }

  @Test
  void slotsForReceivers_areLeftWhereThereAreNone() throws InterruptedException {
    assertThat(slots.takeFree(false)).isEqualTo(new FreeSlots(2, 0));
    assertThat(slots.takeFree(true)).isEqualTo(new FreeSlots(0, 10));
    assertThat(slots.total(true)).isEqualTo(12);
    assertThat(slots.total(false)).isEqualTo(2);
  }

  @Test
  void takerThatFoundNone_isWokenBySlotsOfEitherPool() throws Exception {
    for (SlotPool pool : SlotPool.values()) {
      var _ = slots.takeFree(true);
      var taking = new FutureTask<>(() -> slots.takeFree(true));
      Thread thread = Thread.ofPlatform().daemon().start(taking);
      Eventually.holds("it waits", () -> thread.getState() == Thread.State.TIMED_WAITING);

      // Whether it returns true depends on who is faster: the taker may have the slot already.
      var _ = slots.giveBack(pool, 1);

      assertThat(taking.get(30, TimeUnit.SECONDS).of(pool)).isEqualTo(1);
      slots.giveBack(new FreeSlots(1, 1));
    }
  }

  @Test
  void takerThatGotNoneOfAPool_shouldClaimAgainOnce() throws InterruptedException {
    slots.takeFree(true);
    slots.giveBack(SlotPool.RECEIVERS, 10);
    slots.takeFree(true);

    assertThat(slots.giveBack(SlotPool.HANDLERS, 1)).isTrue();
    assertThat(slots.giveBack(SlotPool.HANDLERS, 1)).isFalse();
  }

  @Test
  void noneFree_isReturnedAfterASecond() throws InterruptedException {
    slots.takeFree(true);

    assertThat(slots.takeFree(true)).isEqualTo(FreeSlots.NONE);
  }

  @Test
  void deliveries_areEightForAHandlerAndOneForAReceiver() throws InterruptedException {
    assertThat(slots.mayClaim(100)).isEqualTo(26);
    assertThat(slots.mayClaim(1)).isZero();
    slots.notClaimed(20);
    for (int count = 0; count < 6; count++) {
      slots.use();
    }
    assertThat(slots.inUse()).isEqualTo(6);
    assertThat(slots.awaitAllFree(Duration.ofMillis(1))).isFalse();

    slots.release(6);

    assertThat(slots.inUse()).isZero();
    assertThat(slots.awaitAllFree(Duration.ofSeconds(30))).isTrue();
  }
}
