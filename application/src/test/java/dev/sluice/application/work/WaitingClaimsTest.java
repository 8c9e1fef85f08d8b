package dev.sluice.application.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.fixture.Samples;
import dev.sluice.application.work.WaitingClaims.ClaimedAhead;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.time.TimeLimit;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Deliveries that wait for a slot of their pool.
final class WaitingClaimsTest {

  private static final LeaseEnd LEASE_END = new LeaseEnd(0, SettableClock.START, false);

  private final StorageFixture storage = Samples.storage();
  private final WaitingClaims waiting = new WaitingClaims();
  private final ClaimedAhead handler = add("e-1", SlotPool.HANDLERS, 1);
  private final ClaimedAhead receiver = add("e-2", SlotPool.RECEIVERS, 2);
  private final ClaimedAhead second = add("e-3", SlotPool.RECEIVERS, 3);

  private ClaimedAhead add(String id, SlotPool pool, int seconds) {
    storage.append(id);
    Claim claim = storage.claimOne();
    var limit = TimeLimit.of(storage.clock(), Duration.ofSeconds(seconds));
    var ahead = new ClaimedAhead(claim, pool, limit, LEASE_END);
    waiting.add(ahead);
    return ahead;
  }

  @Test
  void slot_takesTheOldestOfItsPool() {
    assertThat(waiting.poll(SlotPool.RECEIVERS)).isSameAs(receiver);
    assertThat(waiting.poll(SlotPool.RECEIVERS)).isSameAs(second);
    assertThat(waiting.poll(SlotPool.RECEIVERS)).isNull();
    assertThat(waiting.hasAny(SlotPool.HANDLERS) || waiting.hasAny(SlotPool.RECEIVERS)).isTrue();
    assertThat(waiting.poll(SlotPool.HANDLERS)).isSameAs(handler);
    assertThat(waiting.hasAny(SlotPool.HANDLERS) || waiting.hasAny(SlotPool.RECEIVERS)).isFalse();
  }

  @Test
  void overdueOnes_areTakenFromBothPools() {
    assertThat(waiting.takeOverdue()).isEmpty();
    storage.clock().advance(Duration.ofSeconds(2));

    assertThat(waiting.takeOverdue()).containsExactly(handler, receiver);
    assertThat(waiting.poll(SlotPool.RECEIVERS)).isSameAs(second);
  }

  @Test
  void chosenOnes_areTakenFromBothPools() {
    assertThat(waiting.takeIf(claim -> !claim.equals(receiver.claim())))
        .containsExactly(handler, second);
    assertThat(waiting.takeIf(_ -> true)).containsExactly(receiver);
    assertThat(waiting.hasAny(SlotPool.HANDLERS) || waiting.hasAny(SlotPool.RECEIVERS)).isFalse();
  }

  @Test
  void neededSlots_areThoseOfEachPool() {
    var free = new FreeSlots(3, 1);
    var claims = List.of(handler.claim(), receiver.claim(), second.claim());

    FreeSlots needed =
        free.neededFor(
            claims,
            claim -> claim.equals(handler.claim()) ? SlotPool.HANDLERS : SlotPool.RECEIVERS);

    assertThat(needed).isEqualTo(new FreeSlots(1, 1));
    assertThat(free.minus(needed)).isEqualTo(new FreeSlots(2, 0));
  }
}
