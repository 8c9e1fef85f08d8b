package dev.sluice.contract;

import static dev.sluice.contract.MixedEvents.AUDIT;
import static dev.sluice.contract.MixedEvents.BILLING;
import static dev.sluice.contract.MixedEvents.MAIL;
import static dev.sluice.domain.delivery.DeliveryStatus.COMPLETED;
import static dev.sluice.domain.delivery.DeliveryStatus.FAILED;
import static dev.sluice.domain.delivery.DeliveryStatus.RECEIVED;
import static dev.sluice.domain.delivery.DeliveryStatus.RETRYING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.ReplayScope;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.lane.LanePlace;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.NewEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What [dev.sluice.domain.port.EventStore#purge] promises of events with several deliveries.
public interface FannedOutRetentionContract {

  /// How long finished events are kept here.
  Duration KEPT = Duration.ofMinutes(30);

  /// Returns a new, empty storage.
  StorageFixture newStorage();

  private static int purge(StorageFixture fixture) {
    return fixture.events().purge(fixture.now().minus(KEPT), 10);
  }

  /// Retention of the event starts again, and is not over before its time.
  private static void assertKeptFromNow(StorageFixture fixture) {
    fixture.clock().advance(KEPT);
    assertThat(purge(fixture)).as("kept for as long as events are").isZero();
    fixture.clock().advance(Duration.ofSeconds(1));
    assertThat(purge(fixture)).as("purged afterwards").isEqualTo(1);
    assertThat(fixture.events().counts().of(EventStatus.COMPLETED)).isZero();
    assertThat(fixture.events().counts().of(COMPLETED)).isZero();
    assertThat(purge(fixture)).isZero();
  }

  private static void completeAllDue(StorageFixture fixture) {
    for (Claim claim : fixture.claimDue()) {
      fixture.settle(claim, Resolution.COMPLETE);
    }
  }

  @Test
  default void unfinishedSibling_keepsTheEvent() {
    StorageFixture fixture = newStorage();
    MixedEvents.store(fixture, "waits", Map.of(MAIL, COMPLETED, BILLING, RECEIVED));
    MixedEvents.store(fixture, "retries", Map.of(MAIL, FAILED, BILLING, RETRYING));
    fixture.clock().advance(KEPT.multipliedBy(10));

    assertThat(purge(fixture)).isZero();

    assertThat(fixture.record("waits").summary().deliveries()).hasSize(2);
    assertThat(fixture.record("retries").summary().deliveries()).hasSize(2);
  }

  @Test
  default void lastFinish_startsRetention() {
    StorageFixture fixture = newStorage();
    MixedEvents.store(fixture, "e-1", Map.of(MAIL, COMPLETED, BILLING, RECEIVED));
    fixture.clock().advance(KEPT.multipliedBy(2));
    assertThat(purge(fixture)).isZero();

    completeAllDue(fixture);

    assertKeptFromNow(fixture);
    assertThat(fixture.events().find(new EventId("e-1"))).isEmpty();
  }

  /// Only what finished first goes when not all may.
  @Test
  default void whatFinishedFirst_isPurgedFirst() {
    StorageFixture fixture = newStorage();
    MixedEvents.store(fixture, "late", Map.of(MAIL, COMPLETED, BILLING, RECEIVED));
    MixedEvents.store(fixture, "early", Map.of(MAIL, COMPLETED, AUDIT, COMPLETED));
    fixture.clock().advance(Duration.ofMinutes(1));
    completeAllDue(fixture);
    fixture.clock().advance(KEPT.multipliedBy(2));

    assertThat(fixture.events().purge(fixture.now().minus(KEPT), 1)).isEqualTo(1);

    assertThat(fixture.events().find(new EventId("early"))).isEmpty();
    assertThat(fixture.status("late")).isEqualTo(EventStatus.COMPLETED);
  }

  @Test
  default void replayOfOneDelivery_keepsTheEvent() {
    StorageFixture fixture = newStorage();
    MixedEvents.store(fixture, "e-1", Map.of(MAIL, COMPLETED, BILLING, FAILED));
    fixture.control().replay(new EventId("e-1"), new ReplayScope.Failed(), LanePlace.TAIL);
    fixture.clock().advance(KEPT.multipliedBy(2));
    assertThat(purge(fixture)).isZero();

    completeAllDue(fixture);

    assertKeptFromNow(fixture);
  }

  @Test
  default void discard_countsAsFinish() {
    StorageFixture fixture = newStorage();
    MixedEvents.store(fixture, "e-1", Map.of(MAIL, COMPLETED, BILLING, FAILED));
    fixture.clock().advance(KEPT.minusSeconds(1));

    fixture.control().discard(new EventId("e-1"), Set.of());

    assertKeptFromNow(fixture);
  }

  @Test
  default void cancelOfTheLastDelivery_countsAsFinish() {
    StorageFixture fixture = newStorage();
    MixedEvents.store(fixture, "e-1", Map.of(MAIL, COMPLETED, BILLING, RETRYING));
    fixture.clock().advance(KEPT.minusSeconds(1));

    fixture.control().cancel(new EventId("e-1"), Set.of());

    assertKeptFromNow(fixture);
  }

  @Test
  default void backfill_keepsAnEventThatWasFinished() {
    StorageFixture fixture = newStorage();
    MixedEvents.store(fixture, "e-1", Map.of(MAIL, COMPLETED));
    BulkPlans.backfill(fixture, BILLING, "e-1");
    fixture.clock().advance(KEPT.multipliedBy(2));
    assertThat(purge(fixture)).isZero();
    completeAllDue(fixture);
    BulkPlans.backfill(fixture, AUDIT, "e-1");
    fixture.clock().advance(KEPT.multipliedBy(2));
    assertThat(purge(fixture)).isZero();

    completeAllDue(fixture);

    assertKeptFromNow(fixture);
  }

  /// A stuck delivery of one event must not keep others.
  @Test
  default void finishedEvents_arePurgedBesideUnfinishedOnes() {
    StorageFixture fixture = newStorage();
    for (int number = 0; number < 5; number++) {
      MixedEvents.store(fixture, "stuck-" + number, Map.of(MAIL, COMPLETED, BILLING, RETRYING));
    }
    MixedEvents.store(fixture, "one", Map.of(MAIL, COMPLETED));
    MixedEvents.store(fixture, "two", Map.of(MAIL, COMPLETED, BILLING, COMPLETED));
    fixture.events().append(List.of(new NewEvent(Events.event("none"), List.of())));
    fixture.clock().advance(KEPT.plusMinutes(1));

    assertThat(fixture.events().purge(fixture.now().minus(KEPT), 3)).isEqualTo(3);

    assertThat(fixture.events().counts().of(RETRYING)).isEqualTo(5);
    assertThat(fixture.events().counts().of(EventStatus.RETRYING)).isEqualTo(5);
    assertThat(fixture.events().counts().of(EventStatus.COMPLETED)).isZero();
    assertThat(fixture.events().counts().of(EventStatus.UNROUTED)).isZero();
  }
}
