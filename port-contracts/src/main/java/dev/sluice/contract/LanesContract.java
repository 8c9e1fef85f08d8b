package dev.sluice.contract;

import static dev.sluice.contract.LaneSteps.BLOCK;
import static dev.sluice.contract.LaneSteps.CONTINUE;
import static dev.sluice.contract.LaneSteps.LANE;
import static dev.sluice.contract.LaneSteps.ORDERED;
import static dev.sluice.contract.LaneSteps.PLAIN;
import static dev.sluice.contract.LaneSteps.append;
import static dev.sluice.contract.LaneSteps.deadLetter;
import static dev.sluice.contract.LaneSteps.event;
import static dev.sluice.contract.LaneSteps.ids;
import static dev.sluice.contract.LaneSteps.lanes;
import static dev.sluice.contract.LaneSteps.processAll;
import static dev.sluice.contract.LaneSteps.routed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.ControlResult;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.port.Settlement;
import dev.sluice.domain.port.SettlementResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The promises for deliveries of ordered subscriptions.
public interface LanesContract {

  /// Returns a new, empty storage.
  StorageFixture newStorage();

  @Test
  default void deliveriesOfAKey_areClaimedOneAfterAnother() {
    StorageFixture fixture = newStorage();
    append(fixture, CONTINUE, "k", "1", "2", "3");

    Claim first = fixture.claimOne();
    assertThat(first.event().id().value()).isEqualTo("1");
    assertThat(fixture.claimDue()).isEmpty();
    fixture.settle(first, Resolution.COMPLETE);
    assertThat(processAll(fixture)).containsExactly("2", "3");
  }

  @Test
  default void deliveriesOfOtherKeysAndWithoutKey_runBeside() {
    StorageFixture fixture = newStorage();
    append(fixture, CONTINUE, "k", "k-1", "k-2");
    append(fixture, CONTINUE, "l", "l-1", "l-2");
    append(fixture, CONTINUE, "", "n-1", "n-2");

    assertThat(ids(fixture.claimDue())).containsExactlyInAnyOrder("k-1", "l-1", "n-1", "n-2");
  }

  @Test
  default void deliveriesOfAnotherSubscription_runBeside() {
    StorageFixture fixture = newStorage();
    for (String id : List.of("1", "2")) {
      fixture
          .events()
          .append(
              List.of(
                  new NewEvent(
                      event(fixture, "k", id),
                      List.of(ORDERED, PLAIN),
                      1,
                      Optional.empty(),
                      Map.of(),
                      Map.of(ORDERED, CONTINUE))));
    }

    List<Claim> claims = fixture.claimDue();
    assertThat(claims.stream().filter(claim -> claim.subscription().equals(PLAIN))).hasSize(2);
    assertThat(ids(claims.stream().filter(one -> one.subscription().equals(ORDERED)).toList()))
        .containsExactly("1");
    claims.forEach(claim -> fixture.settle(claim, Resolution.COMPLETE));
    assertThat(ids(fixture.claimDue())).containsExactly("2");
  }

  @Test
  default void eventsOfOneBatch_areInItsOrder() {
    StorageFixture fixture = newStorage();
    fixture
        .events()
        .append(
            List.of(
                routed(event(fixture, "k", "1"), CONTINUE),
                routed(event(fixture, "l", "a"), CONTINUE),
                routed(event(fixture, "k", "2"), CONTINUE),
                routed(event(fixture, "k", "3"), CONTINUE)));

    assertThat(ids(fixture.claimDue())).containsExactlyInAnyOrder("1", "a");
    assertThat(lanes(fixture).behind(LANE, 10))
        .extracting(EventId::value)
        .containsExactly("2", "3");
  }

  @Test
  default void settlementsOfOneCall_moveEachLaneOn() {
    StorageFixture fixture = newStorage();
    append(fixture, CONTINUE, "k", "k-1", "k-2");
    append(fixture, CONTINUE, "l", "l-1", "l-2");

    List<Settlement> settlements =
        fixture.claimDue().stream()
            .map(claim -> new Settlement(claim, Resolution.COMPLETE))
            .toList();
    fixture.queue().settle(settlements);

    assertThat(ids(fixture.claimDue())).containsExactlyInAnyOrder("k-2", "l-2");
  }

  @Test
  default void retry_keepsTheLaneWaiting() {
    StorageFixture fixture = newStorage();
    append(fixture, CONTINUE, "k", "1", "2");

    fixture.settle(fixture.claimOne(), fixture.retryIn(Duration.ofSeconds(10)));
    assertThat(fixture.claimDue()).isEmpty();
    fixture.clock().advance(Duration.ofSeconds(10));
    assertThat(processAll(fixture)).containsExactly("1", "2");
  }

  @Test
  default void handBack_keepsThePlace() {
    StorageFixture fixture = newStorage();
    append(fixture, CONTINUE, "k", "1", "2");

    fixture.settle(fixture.claimOne(), Resolution.HAND_BACK);

    assertThat(processAll(fixture)).containsExactly("1", "2");
  }

  @Test
  default void expiredLease_keepsThePlace() {
    StorageFixture fixture = newStorage();
    append(fixture, CONTINUE, "k", "1", "2");
    Claim lost = fixture.claimOne();
    fixture.clock().advance(StorageFixture.LEASE.plusSeconds(1));
    fixture.queue().reclaimExpired(10, _ -> fixture.retryIn(Duration.ZERO));

    assertThat(fixture.settle(lost, Resolution.COMPLETE)).isEqualTo(SettlementResult.LEASE_LOST);
    assertThat(processAll(fixture)).containsExactly("1", "2");
  }

  @Test
  default void expiredLeaseThatEndsInADeadLetter_movesTheLaneOn() {
    StorageFixture fixture = newStorage();
    append(fixture, CONTINUE, "k", "1", "2");
    fixture.claimOne();
    fixture.clock().advance(StorageFixture.LEASE.plusSeconds(1));
    fixture.queue().reclaimExpired(10, _ -> new Resolution.DeadLetter(StorageFixture.CAUSE));

    assertThat(processAll(fixture)).containsExactly("2");
  }

  @Test
  default void deadLetter_letsTheNextContinueUnlessItBlocks() {
    StorageFixture fixture = newStorage();
    append(fixture, CONTINUE, "k", "1", "2");

    deadLetter(fixture);

    assertThat(processAll(fixture)).containsExactly("2");
    assertThat(lanes(fixture).countBlocked()).isEmpty();
  }

  @Test
  default void expiry_letsTheNextContinue() {
    StorageFixture fixture = newStorage();
    append(fixture, BLOCK, "k", "1", "2");

    fixture.settle(fixture.claimOne(), Resolution.EXPIRE);

    assertThat(processAll(fixture)).containsExactly("2");
  }

  @Test
  default void cancelledHead_letsTheNextContinue() {
    StorageFixture fixture = newStorage();
    append(fixture, BLOCK, "k", "1", "2");

    var _ = fixture.control().cancel(new EventId("1"), Set.of());

    assertThat(processAll(fixture)).containsExactly("2");
  }

  @Test
  default void cancelledDeliveryBehind_isLeftOut() {
    StorageFixture fixture = newStorage();
    append(fixture, CONTINUE, "k", "1", "2", "3");

    assertThat(fixture.control().cancel(new EventId("2"), Set.of()))
        .isInstanceOf(ControlResult.Changed.class);

    assertThat(fixture.status("2")).isEqualTo(EventStatus.CANCELLED);
    assertThat(processAll(fixture)).containsExactly("1", "3");
  }

  @Test
  default void cancellingAllOfASubscription_includesThoseBehind() {
    StorageFixture fixture = newStorage();
    append(fixture, CONTINUE, "k", "1", "2", "3");

    int cancelled = 0;
    for (int step = 0; step < 3; step++) {
      cancelled += fixture.control().cancelWaiting(ORDERED, 10);
    }

    assertThat(cancelled).isEqualTo(3);
    assertThat(fixture.queue().countUnfinished(ORDERED, 10)).isZero();
    append(fixture, CONTINUE, "k", "4");
    assertThat(processAll(fixture)).containsExactly("4");
  }

  @Test
  default void deliveriesBehind_areReceivedAndUnfinished() {
    StorageFixture fixture = newStorage();
    append(fixture, CONTINUE, "k", "1", "2", "3");

    assertThat(fixture.status("3")).isEqualTo(EventStatus.RECEIVED);
    assertThat(fixture.events().counts().of(EventStatus.RECEIVED)).isEqualTo(3);
    assertThat(fixture.queue().countUnfinished(ORDERED, 10)).isEqualTo(3);
    assertThat(fixture.queue().countDueBefore(ORDERED, fixture.now().plusSeconds(1), 10))
        .isEqualTo(1);
  }

  @Test
  default void head_becomesReceivedWhenTheOneBeforeItFinishes_andEnteredBefore() {
    StorageFixture fixture = newStorage();
    append(fixture, CONTINUE, "k", "1", "2");
    var entered = fixture.now();
    Claim first = fixture.claimOne();
    fixture.clock().advance(Duration.ofMinutes(1));
    fixture.settle(first, Resolution.COMPLETE);

    DeliveryState state = fixture.record("2").summary().deliveries().getFirst().state();
    assertThat(state).isInstanceOf(DeliveryState.Received.class);
    assertThat(state.enteredAt()).isEqualTo(entered);
  }

  @Test
  default void scheduledHead_keepsTheLaneWaiting() {
    StorageFixture fixture = newStorage();
    append(
        fixture,
        CONTINUE,
        event(fixture, "k", "1").withDeliverAt(fixture.now().plus(Duration.ofHours(1))));
    append(fixture, CONTINUE, "k", "2");

    assertThat(fixture.claimDue()).isEmpty();
    fixture.clock().advance(Duration.ofHours(1));
    assertThat(processAll(fixture)).containsExactly("1", "2");
  }

  @Test
  default void scheduledDeliveryBehind_beginsAtItsTime() {
    StorageFixture fixture = newStorage();
    append(fixture, CONTINUE, "k", "1");
    append(
        fixture,
        CONTINUE,
        event(fixture, "k", "2").withDeliverAt(fixture.now().plus(Duration.ofHours(1))));

    assertThat(processAll(fixture)).containsExactly("1");
    fixture.clock().advance(Duration.ofHours(1));
    assertThat(processAll(fixture)).containsExactly("2");
  }

  @Test
  default void rescheduledDeliveryBehind_staysBehind() {
    StorageFixture fixture = newStorage();
    append(fixture, CONTINUE, "k", "1", "2");

    var _ = fixture.control().reschedule(new EventId("2"), fixture.now().plusSeconds(5));

    assertThat(processAll(fixture)).containsExactly("1");
    fixture.clock().advance(Duration.ofSeconds(5));
    assertThat(processAll(fixture)).containsExactly("2");
  }
}
