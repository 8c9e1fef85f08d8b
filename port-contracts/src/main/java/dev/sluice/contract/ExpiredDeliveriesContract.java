package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.ReplayScope;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.lane.LanePlace;
import dev.sluice.domain.port.BulkAction;
import dev.sluice.domain.port.BulkPlan;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.ControlResult;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.ExistingEvent;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.port.PageRequest;
import dev.sluice.domain.port.SettlementResult;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The promises for deliveries that are not begun, because their event has expired.
public interface ExpiredDeliveriesContract {

  SubscriptionName MAIL = new SubscriptionName("mail");
  SubscriptionName AUDIT = new SubscriptionName("audit");

  /// Returns a new, empty storage.
  StorageFixture newStorage();

  private static Event expiring(String id) {
    Event event = Events.event(id);
    return new Event(
        event.id(),
        event.type(),
        event.occurredAt(),
        event.receivedAt(),
        event.payload(),
        event
            .attributes()
            .with("source", "shop")
            .withExpiresAt(SettableClock.START.plusSeconds(1))
            .with("subject", "s"));
  }

  private static SettlementResult expire(StorageFixture fixture, String id) {
    fixture.append(expiring(id));
    return fixture.settle(fixture.claimOne(), Resolution.EXPIRE);
  }

  private static DeliveryState state(StorageFixture fixture, String id) {
    return fixture.record(id).summary().deliveries().getFirst().state();
  }

  @Test
  default void expiredDelivery_isFinishedWithoutASpentAttempt() {
    StorageFixture fixture = newStorage();

    assertThat(expire(fixture, "e-1")).isEqualTo(SettlementResult.SETTLED);

    assertThat(fixture.status("e-1")).isEqualTo(EventStatus.EXPIRED);
    assertThat(state(fixture, "e-1").status()).isEqualTo(DeliveryStatus.EXPIRED);
    assertThat(state(fixture, "e-1").attempts().spent()).isZero();
    assertThat(state(fixture, "e-1").enteredAt()).isEqualTo(fixture.now());
    assertThat(fixture.claimDue()).isEmpty();
  }

  @Test
  default void attemptThatDidNotBegin_isKeptAsHandedBack() {
    StorageFixture fixture = newStorage();
    expire(fixture, "e-1");

    assertThat(fixture.record("e-1").history().getFirst().attempts())
        .extracting(Attempt::end)
        .containsExactly(new Attempt.HandedBack(fixture.now()));
  }

  @Test
  default void expiredDelivery_isCountedAndListed() {
    StorageFixture fixture = newStorage();
    expire(fixture, "e-1");
    fixture.complete("e-2");

    var counts = fixture.events().counts();
    assertThat(counts.of(EventStatus.EXPIRED)).isEqualTo(1);
    assertThat(counts.of(DeliveryStatus.EXPIRED)).isEqualTo(1);
    assertThat(counts.backlog()).isZero();
    var expired = EventFilter.ALL.withStatuses(Set.of(EventStatus.EXPIRED));
    assertThat(fixture.events().list(expired, PageRequest.first(10)).items())
        .extracting(summary -> summary.event().id().value())
        .containsExactly("e-1");
  }

  @Test
  default void expiredRetry_keepsItsAttempts() {
    StorageFixture fixture = newStorage();
    fixture.append(expiring("e-1"));
    fixture.settle(fixture.claimOne(), fixture.retryIn(Duration.ZERO));
    fixture.settle(fixture.claimOne(), Resolution.EXPIRE);

    assertThat(state(fixture, "e-1").attempts().spent()).isEqualTo(1);
    assertThat(fixture.record("e-1").history().getFirst().attempts()).hasSize(2);
  }

  @Test
  default void statusOfAnEvent_isExpiredUnlessADeliveryWasCompleted() {
    StorageFixture fixture = newStorage();
    fixture.events().append(List.of(new NewEvent(expiring("e-1"), List.of(AUDIT, MAIL))));
    List<Claim> claims = fixture.claimDue();
    fixture.settle(claims.getFirst(), Resolution.EXPIRE);
    assertThat(fixture.status("e-1")).isEqualTo(EventStatus.PROCESSING);
    fixture.settle(claims.getLast(), Resolution.EXPIRE);
    assertThat(fixture.status("e-1")).isEqualTo(EventStatus.EXPIRED);

    fixture.events().append(List.of(new NewEvent(expiring("e-2"), List.of(AUDIT, MAIL))));
    claims = fixture.claimDue();
    fixture.settle(claims.getFirst(), Resolution.EXPIRE);
    fixture.settle(claims.getLast(), Resolution.COMPLETE);
    assertThat(fixture.status("e-2")).isEqualTo(EventStatus.COMPLETED);
    assertThat(fixture.events().counts().of(EventStatus.EXPIRED)).isEqualTo(1);
  }

  @Test
  default void settlementOfALostLease_expiresNothing() {
    StorageFixture fixture = newStorage();
    fixture.append(expiring("e-1"));
    Claim claim = fixture.claimOne();
    fixture.settle(claim, Resolution.HAND_BACK);

    assertThat(fixture.settle(claim, Resolution.EXPIRE)).isEqualTo(SettlementResult.LEASE_LOST);
    assertThat(fixture.status("e-1")).isEqualTo(EventStatus.RECEIVED);
  }

  @Test
  default void replay_beginsAgainAndTheEventNoLongerExpires() {
    StorageFixture fixture = newStorage();
    expire(fixture, "e-1");

    assertThat(fixture.control().replay(new EventId("e-1"), new ReplayScope.All(), LanePlace.TAIL))
        .isInstanceOf(ControlResult.Changed.class);

    Claim claim = fixture.claimOne();
    assertThat(claim.attempts().spent()).isEqualTo(1);
    assertThat(claim.event().attributes().expiresAt()).isEmpty();
    assertThat(claim.event().attributes().source()).contains("shop");
    assertThat(claim.event().attributes().subject()).contains("s");
    assertThat(fixture.record("e-1").summary().event()).isEqualTo(claim.event());
  }

  @Test
  default void replayOfADeliveryThatWasNeverClaimed_noLongerExpires() {
    StorageFixture fixture = newStorage();
    fixture.append(expiring("e-1"));
    var _ = fixture.control().cancel(new EventId("e-1"), Set.of());
    var _ = fixture.control().replay(new EventId("e-1"), new ReplayScope.All(), LanePlace.TAIL);

    assertThat(fixture.claimOne().event().attributes().expiresAt()).isEmpty();
  }

  @Test
  default void expiredEvent_isFoundByItsId() {
    StorageFixture fixture = newStorage();
    expire(fixture, "e-1");

    assertThat(fixture.events().existing(List.of(new EventId("e-1"))))
        .extracting(ExistingEvent::status)
        .containsExactly(EventStatus.EXPIRED);
  }

  @Test
  default void bulkReplay_replaysExpiredDeliveriesToo() {
    StorageFixture fixture = newStorage();
    expire(fixture, "e-1");
    fixture.clock().advance(Duration.ofSeconds(1));
    var filter = EventFilter.ALL.withStatuses(Set.of(EventStatus.EXPIRED));
    BulkPlan plan = BulkPlans.started(fixture, BulkAction.REPLAY, filter, 1);

    assertThat(fixture.storage().bulk().step(plan.id(), 10).orElseThrow().changed()).hasSize(1);

    assertThat(fixture.claimOne().event().attributes().expiresAt()).isEmpty();
  }

  @Test
  default void expiredEvent_isPurgedLikeOthers() {
    StorageFixture fixture = newStorage();
    expire(fixture, "e-1");
    fixture.clock().advance(Duration.ofSeconds(2));

    assertThat(fixture.events().purge(fixture.now(), 10)).isEqualTo(1);
    assertThat(fixture.events().find(new EventId("e-1"))).isEmpty();
    assertThat(fixture.events().counts().of(EventStatus.EXPIRED)).isZero();
  }
}
