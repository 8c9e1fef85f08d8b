package dev.sluice.contract;

import static dev.sluice.contract.MixedEvents.AUDIT;
import static dev.sluice.contract.MixedEvents.BILLING;
import static dev.sluice.contract.MixedEvents.MAIL;
import static dev.sluice.contract.MixedEvents.status;
import static dev.sluice.domain.delivery.DeliveryStatus.CANCELLED;
import static dev.sluice.domain.delivery.DeliveryStatus.COMPLETED;
import static dev.sluice.domain.delivery.DeliveryStatus.FAILED;
import static dev.sluice.domain.delivery.DeliveryStatus.PROCESSING;
import static dev.sluice.domain.delivery.DeliveryStatus.RECEIVED;
import static dev.sluice.domain.delivery.DeliveryStatus.RETRYING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.EventRecord;
import dev.sluice.domain.delivery.ReplayScope;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.lane.LanePlace;
import dev.sluice.domain.port.ControlResult;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What [dev.sluice.domain.port.DeliveryControl] promises of events with several deliveries.
public interface MixedControlContract {

  /// The event of these tests.
  EventId ID = new EventId("e-1");

  /// Returns a new, empty storage.
  StorageFixture newStorage();

  private static StorageFixture with(
      StorageFixture fixture, Map<SubscriptionName, DeliveryStatus> deliveries) {
    MixedEvents.store(fixture, ID.value(), deliveries);
    return fixture;
  }

  private static Stream<DeliveryStatus> statuses(
      StorageFixture fixture, SubscriptionName... subscriptions) {
    return Stream.of(subscriptions).map(name -> status(fixture, ID.value(), name));
  }

  private static void changed(
      StorageFixture fixture, ControlResult result, SubscriptionName... subscriptions) {
    assertThat(result)
        .isInstanceOfSatisfying(
            ControlResult.Changed.class,
            one -> {
              assertThat(one.subscriptions()).containsExactlyInAnyOrder(subscriptions);
              assertThat(one.event()).isEqualTo(fixture.record(ID.value()).summary());
            });
  }

  @Test
  default void replay_repeatsNothingThatSucceeded() {
    StorageFixture fixture =
        with(newStorage(), Map.of(MAIL, FAILED, BILLING, COMPLETED, AUDIT, CANCELLED));

    changed(fixture, fixture.control().replay(ID, new ReplayScope.Failed(), LanePlace.TAIL), MAIL);

    assertThat(statuses(fixture, MAIL, BILLING, AUDIT))
        .containsExactly(RECEIVED, COMPLETED, CANCELLED);
  }

  @Test
  default void replayOfNamedDeadLetters_repeatsNoOthers() {
    StorageFixture fixture =
        with(newStorage(), Map.of(MAIL, FAILED, BILLING, FAILED, AUDIT, COMPLETED));
    var scope = new ReplayScope.Failed(Set.of(MAIL, AUDIT));

    changed(fixture, fixture.control().replay(ID, scope, LanePlace.TAIL), MAIL);

    assertThat(statuses(fixture, MAIL, BILLING, AUDIT))
        .containsExactly(RECEIVED, FAILED, COMPLETED);
    assertThat(fixture.control().replay(ID, scope, LanePlace.TAIL))
        .isInstanceOf(ControlResult.NotAllowed.class);
  }

  @Test
  default void replayWithoutADeadLetter_isNotAllowed() {
    StorageFixture fixture =
        with(newStorage(), Map.of(MAIL, COMPLETED, BILLING, CANCELLED, AUDIT, RETRYING));
    EventRecord before = fixture.record(ID.value());

    assertThat(fixture.control().replay(ID, new ReplayScope.Failed(), LanePlace.TAIL))
        .isEqualTo(new ControlResult.NotAllowed(before.summary()));

    assertThat(fixture.record(ID.value())).isEqualTo(before);
  }

  @Test
  default void namedReplay_repeatsFinishedDeliveriesInAnyStatus() {
    StorageFixture fixture =
        with(newStorage(), Map.of(MAIL, FAILED, BILLING, COMPLETED, AUDIT, RETRYING));
    var scope = new ReplayScope.Named(Set.of(BILLING, AUDIT));

    changed(fixture, fixture.control().replay(ID, scope, LanePlace.TAIL), BILLING);

    assertThat(statuses(fixture, MAIL, BILLING, AUDIT)).containsExactly(FAILED, RECEIVED, RETRYING);
  }

  @Test
  default void namedReplayOfUnfinishedDeliveries_isNotAllowed() {
    StorageFixture fixture = with(newStorage(), Map.of(MAIL, FAILED, AUDIT, PROCESSING));

    assertThat(fixture.control().replay(ID, new ReplayScope.Named(Set.of(AUDIT)), LanePlace.TAIL))
        .isInstanceOf(ControlResult.NotAllowed.class);

    assertThat(statuses(fixture, MAIL, AUDIT)).containsExactly(FAILED, PROCESSING);
  }

  @Test
  default void replayOfAll_repeatsEveryFinishedDelivery() {
    StorageFixture fixture =
        with(newStorage(), Map.of(MAIL, FAILED, BILLING, COMPLETED, AUDIT, RETRYING));

    changed(
        fixture,
        fixture.control().replay(ID, new ReplayScope.All(), LanePlace.TAIL),
        MAIL,
        BILLING);

    assertThat(statuses(fixture, MAIL, BILLING, AUDIT))
        .containsExactly(RECEIVED, RECEIVED, RETRYING);
  }

  @Test
  default void cancel_takesOutNamedDeliveries() {
    StorageFixture fixture =
        with(newStorage(), Map.of(MAIL, RETRYING, BILLING, RETRYING, AUDIT, FAILED));

    changed(fixture, fixture.control().cancel(ID, Set.of(MAIL, AUDIT)), MAIL);
    assertThat(statuses(fixture, MAIL, BILLING, AUDIT))
        .containsExactly(CANCELLED, RETRYING, FAILED);
    assertThat(fixture.control().cancel(ID, Set.of(AUDIT)))
        .isInstanceOf(ControlResult.NotAllowed.class);

    changed(fixture, fixture.control().cancel(ID, Set.of()), BILLING);
    assertThat(statuses(fixture, MAIL, BILLING, AUDIT))
        .containsExactly(CANCELLED, CANCELLED, FAILED);
  }

  @Test
  default void discard_takesOutNamedDeadLetters() {
    StorageFixture fixture =
        with(newStorage(), Map.of(MAIL, FAILED, BILLING, FAILED, AUDIT, RECEIVED));

    changed(fixture, fixture.control().discard(ID, Set.of(BILLING, AUDIT)), BILLING);
    assertThat(statuses(fixture, MAIL, BILLING, AUDIT))
        .containsExactly(FAILED, CANCELLED, RECEIVED);

    changed(fixture, fixture.control().discard(ID, Set.of()), MAIL);
  }

  @Test
  default void unknownSubscription_changesNothing() {
    StorageFixture fixture = with(newStorage(), Map.of(MAIL, FAILED, BILLING, RETRYING));
    EventRecord before = fixture.record(ID.value());
    var expected = new ControlResult.NoDelivery(before.summary(), AUDIT);

    assertThat(
            fixture
                .control()
                .replay(ID, new ReplayScope.Named(Set.of(MAIL, AUDIT)), LanePlace.TAIL))
        .isEqualTo(expected);
    assertThat(fixture.control().cancel(ID, Set.of(BILLING, AUDIT))).isEqualTo(expected);
    assertThat(fixture.control().discard(ID, Set.of(MAIL, AUDIT))).isEqualTo(expected);

    assertThat(fixture.record(ID.value())).isEqualTo(before);
  }
}
