package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.delivery.EventRecord.History;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.ReplayScope;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.lane.LanePlace;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.ControlResult;
import dev.sluice.domain.port.SettlementResult;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The promises of [dev.sluice.domain.port.DeliveryControl].
public interface DeliveryControlContract {

  /// Returns a new, empty storage with room for at least 10,000 events.
  StorageFixture newStorage();

  @Test
  default void replay_startsAgainWithFreshBudgetAndKeepsHistory() {
    StorageFixture fixture = newStorage();
    fixture.deadLetter(Events.event("e-1"));

    assertThat(
            fixture.control().replay(new EventId("e-1"), new ReplayScope.Failed(), LanePlace.TAIL))
        .isInstanceOf(ControlResult.Changed.class);

    assertThat(fixture.status("e-1")).isEqualTo(EventStatus.RECEIVED);
    Claim claim = fixture.claimOne();
    assertThat(claim.attempts().spent()).isEqualTo(1);
    assertThat(claim.attempt()).isEqualTo(2);
    assertThat(fixture.record("e-1").history().getFirst().attempts()).hasSize(2);
  }

  @Test
  default void replay_isNotAllowedWhileUnfinished() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");

    assertThat(
            fixture.control().replay(new EventId("e-1"), new ReplayScope.Failed(), LanePlace.TAIL))
        .isInstanceOf(ControlResult.NotAllowed.class);
    fixture.claimOne();
    assertThat(
            fixture.control().replay(new EventId("e-1"), new ReplayScope.Failed(), LanePlace.TAIL))
        .isInstanceOf(ControlResult.NotAllowed.class);
  }

  @Test
  default void replay_ofUnknownEvent_isNotFound() {
    assertThat(
            newStorage()
                .control()
                .replay(new EventId("nobody"), new ReplayScope.Failed(), LanePlace.TAIL))
        .isInstanceOf(ControlResult.NotFound.class);
  }

  @Test
  default void cancel_takesAWaitingDeliveryOut() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");

    assertThat(fixture.control().cancel(new EventId("e-1"), Set.of()))
        .isInstanceOf(ControlResult.Changed.class);

    assertThat(fixture.status("e-1")).isEqualTo(EventStatus.CANCELLED);
    assertThat(
            fixture
                .queue()
                .claim(StorageFixture.WORKER, QuotaSamples.upTo(10), StorageFixture.LEASE))
        .isEmpty();
  }

  @Test
  default void cancel_takesAWaitingRetryOut() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    fixture.settle(fixture.claimOne(), fixture.retryIn(Duration.ofSeconds(1)));

    fixture.control().cancel(new EventId("e-1"), Set.of());

    fixture.clock().advance(Duration.ofSeconds(2));
    assertThat(
            fixture
                .queue()
                .claim(StorageFixture.WORKER, QuotaSamples.upTo(10), StorageFixture.LEASE))
        .isEmpty();
  }

  @Test
  default void cancel_isNotAllowedWhileProcessingOrFinished() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    Claim claim = fixture.claimOne();

    assertThat(fixture.control().cancel(new EventId("e-1"), Set.of()))
        .isInstanceOf(ControlResult.NotAllowed.class);
    assertThat(fixture.settle(claim, Resolution.COMPLETE)).isEqualTo(SettlementResult.SETTLED);
    assertThat(fixture.control().cancel(new EventId("e-1"), Set.of()))
        .isInstanceOf(ControlResult.NotAllowed.class);
  }

  @Test
  default void cancelledEvent_canBeReplayed() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    fixture.control().cancel(new EventId("e-1"), Set.of());

    fixture.control().replay(new EventId("e-1"), new ReplayScope.All(), LanePlace.TAIL);

    assertThat(fixture.claimOne().event().id()).isEqualTo(new EventId("e-1"));
  }

  @Test
  default void discard_cancelsADeadLetter() {
    StorageFixture fixture = newStorage();
    fixture.deadLetter(Events.event("dead"));

    ControlResult result = fixture.control().discard(new EventId("dead"), Set.of());

    assertThat(result).isEqualTo(changed(fixture, "dead", SubscriptionName.DEFAULT));
    assertThat(fixture.status("dead")).isEqualTo(EventStatus.CANCELLED);
    assertThat(fixture.record("dead").history().getFirst().attempts()).hasSize(1);
    assertThat(fixture.events().counts().of(EventStatus.FAILED)).isZero();
    assertThat(fixture.events().counts().of(EventStatus.CANCELLED)).isEqualTo(1);
  }

  @Test
  default void discardedEvent_canBeReplayedAndPurged() {
    StorageFixture fixture = newStorage();
    fixture.deadLetter(Events.event("one"));
    fixture.deadLetter(Events.event("two"));
    fixture.control().discard(new EventId("one"), Set.of());
    fixture.control().discard(new EventId("two"), Set.of());

    fixture.control().replay(new EventId("one"), new ReplayScope.All(), LanePlace.TAIL);

    assertThat(fixture.claimOne().attempt()).isEqualTo(2);
    assertThat(fixture.events().purge(fixture.now().plusSeconds(1), 10)).isEqualTo(1);
    assertThat(fixture.events().find(new EventId("two"))).isEmpty();
  }

  @Test
  default void discard_isOnlyForDeadLetters() {
    StorageFixture fixture = newStorage();
    fixture.complete("done");

    assertThat(fixture.control().discard(new EventId("done"), Set.of()))
        .isInstanceOf(ControlResult.NotAllowed.class);
    assertThat(fixture.control().discard(new EventId("unknown"), Set.of()))
        .isEqualTo(new ControlResult.NotFound());
    assertThat(fixture.status("done")).isEqualTo(EventStatus.COMPLETED);
  }

  private static ControlResult changed(
      StorageFixture fixture, String id, SubscriptionName... subscriptions) {
    return new ControlResult.Changed(fixture.record(id).summary(), List.of(subscriptions));
  }

  @Test
  default void history_isBounded() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    for (int round = 0; round < History.MAX_ATTEMPTS + 20; round++) {
      fixture.settle(fixture.claimOne(), Resolution.COMPLETE);
      fixture.control().replay(new EventId("e-1"), new ReplayScope.All(), LanePlace.TAIL);
    }

    History history = fixture.record("e-1").history().getFirst();

    assertThat(history.attempts()).hasSize(History.MAX_ATTEMPTS);
    assertThat(history.attempts().getLast().number()).isEqualTo(History.MAX_ATTEMPTS + 20);
  }
}
