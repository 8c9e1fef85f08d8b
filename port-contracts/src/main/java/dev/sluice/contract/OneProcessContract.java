package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.SettlementResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/// The promises of [dev.sluice.domain.port.DeliveryQueue] for a storage that only one process uses:
/// nothing depends on the wall clock.
public interface OneProcessContract {

  /// Returns a new, empty storage with room for at least 10,000 events.
  StorageFixture newStorage();

  @Test
  default void storageOfOneProcess_isNotShared() {
    assertThat(newStorage().queue().isShared()).isFalse();
  }

  @Test
  default void clockSetForward_endsNoLease() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    Claim claim = fixture.claimOne();

    fixture.clock().step(Duration.ofHours(1));

    assertThat(fixture.queue().reclaimExpired(10, _ -> Resolution.COMPLETE)).isEmpty();
    assertThat(fixture.settle(claim, Resolution.COMPLETE)).isEqualTo(SettlementResult.SETTLED);
  }

  @Test
  default void clockSetBack_keepsNoLeaseAlive() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    fixture.claimOne();
    fixture.clock().step(Duration.ofHours(-1));

    fixture.clock().advance(StorageFixture.LEASE);

    assertThat(fixture.queue().reclaimExpired(10, _ -> Resolution.HAND_BACK)).hasSize(1);
    assertThat(fixture.claimOne().attempt()).isEqualTo(2);
  }

  @Test
  default void clockSetBack_leavesWhatIsDueDue() {
    StorageFixture fixture = newStorage();
    fixture.claimDue();
    fixture.append("e-1");
    fixture.clock().step(Duration.ofHours(-1));

    assertThat(fixture.claimOne().event().id().value()).isEqualTo("e-1");
  }

  @Test
  default void clockSetBack_makesNoRetryWaitLonger() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    fixture.settle(fixture.claimOne(), fixture.retryIn(Duration.ofSeconds(2)));
    fixture.clock().step(Duration.ofHours(-2));

    assertThat(fixture.claimDue()).isEmpty();
    fixture.clock().advance(Duration.ofSeconds(2));
    assertThat(fixture.claimOne().attempt()).isEqualTo(2);
  }

  @Test
  default void clockSetBack_movesNoSchedule() {
    StorageFixture fixture = newStorage();
    Instant time = fixture.now().plus(Duration.ofHours(1));
    fixture.append(Events.event("e-1").withDeliverAt(time));
    fixture.claimDue();
    fixture.clock().step(Duration.ofHours(-2));

    assertThat(fixture.claimDue()).isEmpty();
    assertThat(fixture.record("e-1").summary().deliveries().getFirst().state().enteredAt())
        .isEqualTo(fixture.now());
    fixture.clock().advance(Duration.ofHours(3).minusMillis(1));
    assertThat(fixture.claimDue()).isEmpty();
    fixture.clock().advance(Duration.ofMillis(1));
    assertThat(fixture.claimOne().event().id().value()).isEqualTo("e-1");
  }

  @Test
  default void clockSetBack_leavesNoRetryThatEntersItsStateInTheFuture() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    fixture.settle(fixture.claimOne(), fixture.retryIn(Duration.ofSeconds(2)));
    fixture.clock().step(Duration.ofHours(-2));

    assertThat(fixture.claimDue()).isEmpty();
    assertThat(fixture.record("e-1").summary().deliveries().getFirst().state().enteredAt())
        .isEqualTo(fixture.now());
  }

  @Test
  default void clockSetBack_doesNotKeepFinishedEventsForLonger() {
    StorageFixture fixture = newStorage();
    fixture.complete("future");
    fixture.clock().step(Duration.ofHours(-1));
    fixture.append(Events.event("now", "t", fixture.now()));
    fixture.settle(fixture.claimOne(), Resolution.COMPLETE);
    Instant later = fixture.now().plusSeconds(1);
    fixture.clock().advance(Duration.ofSeconds(2));

    assertThat(fixture.events().purge(later, 10)).isEqualTo(1);
    assertThat(fixture.events().find(Events.event("now").id())).isEmpty();
    assertThat(fixture.status("future")).isNotNull();
  }

  @Test
  default void aClockSetBack_leavesPrioritizedDeliveriesDue() {
    StorageFixture fixture = newStorage();
    PriorityContract.append(fixture, "high", 9);
    PriorityContract.append(fixture, "low", 1);
    fixture.clock().advance(Duration.ofHours(-1));

    assertThat(LaneSteps.ids(fixture.claimDue())).containsExactlyInAnyOrder("high", "low");
  }

  @Test
  default void aClockSetBack_keepsTheOrderOfALane() {
    assertOrderIsKept(newStorage(), Duration.ofHours(-1));
  }

  @Test
  default void aClockSetForward_keepsTheOrderOfALane() {
    assertOrderIsKept(newStorage(), Duration.ofHours(1));
  }

  private static void assertOrderIsKept(StorageFixture fixture, Duration step) {
    LaneSteps.append(fixture, LaneSteps.CONTINUE, "k", "1", "2");
    fixture.settle(fixture.claimOne(), fixture.retryIn(Duration.ofSeconds(10)));
    fixture.clock().advance(step);
    LaneSteps.append(fixture, LaneSteps.CONTINUE, "k", "3");
    var order = new ArrayList<>(LaneSteps.processAll(fixture));
    fixture.clock().advance(Duration.ofSeconds(10));

    order.addAll(LaneSteps.processAll(fixture));
    assertThat(order).containsExactly("1", "2", "3");
  }
}
