package dev.sluice.contract;

import static dev.sluice.contract.BulkPlans.run;
import static dev.sluice.contract.BulkPlans.started;
import static dev.sluice.contract.MixedEvents.AUDIT;
import static dev.sluice.contract.MixedEvents.BILLING;
import static dev.sluice.contract.MixedEvents.MAIL;
import static dev.sluice.contract.MixedEvents.status;
import static dev.sluice.domain.delivery.DeliveryStatus.CANCELLED;
import static dev.sluice.domain.delivery.DeliveryStatus.COMPLETED;
import static dev.sluice.domain.delivery.DeliveryStatus.FAILED;
import static dev.sluice.domain.delivery.DeliveryStatus.RECEIVED;
import static dev.sluice.domain.delivery.DeliveryStatus.RETRYING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.delivery.ErrorFingerprint;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.ReplayScope;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.lane.LanePlace;
import dev.sluice.domain.port.BulkAction;
import dev.sluice.domain.port.BulkJob;
import dev.sluice.domain.port.BulkPlan;
import dev.sluice.domain.port.BulkStep;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.EventFilter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What [dev.sluice.domain.port.BulkJobs] promises of events with several deliveries: the filter
/// chooses deliveries, and only those change and count.
public interface MixedBulkContract {

  /// Returns a new, empty storage.
  StorageFixture newStorage();

  @Test
  default void replay_changesDeadDeliveriesWhateverTheirSiblingsDo() {
    StorageFixture fixture = newStorage();
    MixedEvents.store(fixture, "done", Map.of(MAIL, FAILED, BILLING, COMPLETED));
    MixedEvents.store(
        fixture, "waiting", Map.of(MAIL, FAILED, BILLING, RETRYING, AUDIT, CANCELLED));
    fixture.clock().advance(Duration.ofSeconds(1));

    BulkJob over = run(fixture, started(fixture, BulkAction.REPLAY, EventFilter.ALL, 2), 10);

    assertThat(over.done()).isEqualTo(2);
    assertThat(over.skipped()).isZero();
    assertThat(status(fixture, "done", MAIL)).isEqualTo(RECEIVED);
    assertThat(status(fixture, "done", BILLING)).isEqualTo(COMPLETED);
    assertThat(status(fixture, "waiting", MAIL)).isEqualTo(RECEIVED);
    assertThat(status(fixture, "waiting", BILLING)).isEqualTo(RETRYING);
    assertThat(status(fixture, "waiting", AUDIT)).isEqualTo(CANCELLED);
  }

  @Test
  default void statusAndSubscription_mustBeOfTheSameDelivery() {
    StorageFixture fixture = newStorage();
    MixedEvents.store(fixture, "mail", Map.of(MAIL, FAILED, BILLING, COMPLETED));
    MixedEvents.store(fixture, "billing", Map.of(MAIL, COMPLETED, BILLING, FAILED));
    fixture.clock().advance(Duration.ofSeconds(1));
    EventFilter filter = EventFilter.ALL.withSubscriptions(Set.of(BILLING));

    BulkJob over = run(fixture, started(fixture, BulkAction.REPLAY, filter, 1), 10);

    assertThat(over.done()).isEqualTo(1);
    assertThat(over.skipped()).isZero();
    assertThat(status(fixture, "mail", MAIL)).isEqualTo(FAILED);
    assertThat(status(fixture, "mail", BILLING)).isEqualTo(COMPLETED);
    assertThat(status(fixture, "billing", MAIL)).isEqualTo(COMPLETED);
    assertThat(status(fixture, "billing", BILLING)).isEqualTo(RECEIVED);
  }

  @Test
  default void error_choosesItsDeliveriesAlone() {
    StorageFixture fixture = newStorage();
    MixedEvents.store(fixture, "both", Map.of(MAIL, FAILED, BILLING, FAILED));
    MixedEvents.store(fixture, "mail", Map.of(MAIL, FAILED, BILLING, RETRYING));
    fixture.clock().advance(Duration.ofSeconds(1));
    EventFilter filter =
        EventFilter.ALL.withErrors(Set.of(ErrorFingerprint.of(MAIL, StorageFixture.CAUSE)));

    BulkJob over = run(fixture, started(fixture, BulkAction.DISCARD, filter, 2), 10);

    assertThat(over.done()).isEqualTo(2);
    assertThat(status(fixture, "both", MAIL)).isEqualTo(CANCELLED);
    assertThat(status(fixture, "both", BILLING)).isEqualTo(FAILED);
    assertThat(status(fixture, "mail", MAIL)).isEqualTo(CANCELLED);
    assertThat(status(fixture, "mail", BILLING)).isEqualTo(RETRYING);
  }

  @Test
  default void namedStatuses_chooseDeliveriesToReplay() {
    StorageFixture fixture = newStorage();
    MixedEvents.store(fixture, "e-1", Map.of(MAIL, FAILED, BILLING, COMPLETED, AUDIT, CANCELLED));
    fixture.clock().advance(Duration.ofSeconds(1));
    EventFilter filter =
        EventFilter.ALL.withStatuses(Set.of(EventStatus.COMPLETED, EventStatus.CANCELLED));

    run(fixture, started(fixture, BulkAction.REPLAY, filter, 1), 10);

    assertThat(status(fixture, "e-1", MAIL)).isEqualTo(FAILED);
    assertThat(status(fixture, "e-1", BILLING)).isEqualTo(RECEIVED);
    assertThat(status(fixture, "e-1", AUDIT)).isEqualTo(RECEIVED);
  }

  @Test
  default void namedStatus_choosesDeliveriesToCancel() {
    StorageFixture fixture = newStorage();
    MixedEvents.store(fixture, "e-1", Map.of(MAIL, RETRYING, BILLING, RECEIVED, AUDIT, FAILED));
    fixture.clock().advance(Duration.ofSeconds(1));
    EventFilter filter = EventFilter.ALL.withStatuses(Set.of(EventStatus.RETRYING));

    BulkJob over = run(fixture, started(fixture, BulkAction.CANCEL, filter, 1), 10);

    assertThat(over.done()).isEqualTo(1);
    assertThat(status(fixture, "e-1", MAIL)).isEqualTo(CANCELLED);
    assertThat(status(fixture, "e-1", BILLING)).isEqualTo(RECEIVED);
    assertThat(status(fixture, "e-1", AUDIT)).isEqualTo(FAILED);
  }

  @Test
  default void step_namesTheChangedDeliveries() {
    StorageFixture fixture = newStorage();
    MixedEvents.store(fixture, "e-1", Map.of(MAIL, FAILED, BILLING, FAILED, AUDIT, COMPLETED));
    fixture.clock().advance(Duration.ofSeconds(1));
    BulkPlan plan = started(fixture, BulkAction.REPLAY, EventFilter.ALL, 1);

    BulkStep step = fixture.storage().bulk().step(plan.id(), 10).orElseThrow();

    assertThat(step.changed()).hasSize(1);
    assertThat(step.changed().getFirst().subscriptions()).containsExactlyInAnyOrder(MAIL, BILLING);
  }

  /// Both deliveries of `one` are dead letters when the job reaches it; one of them died after the
  /// plan was made. Both of `all` did, and `other` has a dead letter of another subscription only.
  @Test
  default void changedDeliveries_areLeftAndEventsCountedOnce() {
    StorageFixture fixture = newStorage();
    MixedEvents.store(fixture, "one", Map.of(MAIL, FAILED, BILLING, FAILED));
    MixedEvents.store(fixture, "all", Map.of(MAIL, FAILED, BILLING, FAILED));
    MixedEvents.store(fixture, "other", Map.of(MAIL, COMPLETED, AUDIT, FAILED));
    fixture.clock().advance(Duration.ofSeconds(1));
    EventFilter filter = EventFilter.ALL.withSubscriptions(Set.of(MAIL, BILLING));
    assertThat(count(fixture, filter)).isEqualTo(2);
    BulkPlan plan = started(fixture, BulkAction.REPLAY, filter, 2);
    fixture.clock().advance(Duration.ofSeconds(1));
    fixture
        .control()
        .replay(new EventId("one"), new ReplayScope.Named(Set.of(MAIL)), LanePlace.TAIL);
    fixture.control().replay(new EventId("all"), new ReplayScope.Failed(), LanePlace.TAIL);
    fixture.claimDue().forEach(claim -> fixture.settle(claim, DEAD));

    List<BulkStep> steps = List.of(step(fixture, plan), step(fixture, plan)); // One event each.

    assertThat(steps.getFirst().changed()).isEmpty();
    assertThat(steps.getFirst().job().skipped()).isEqualTo(1);
    assertThat(steps.getLast().changed().getFirst().subscriptions()).containsExactly(BILLING);
    BulkJob over = run(fixture, plan, 1);
    assertThat(over.done()).isEqualTo(1);
    assertThat(over.skipped()).isEqualTo(1);
    assertThat(status(fixture, "one", MAIL)).isEqualTo(FAILED);
    assertThat(status(fixture, "one", BILLING)).isEqualTo(RECEIVED);
    assertThat(status(fixture, "other", AUDIT)).isEqualTo(FAILED);
  }

  /// The outcome of attempts in these tests.
  Resolution DEAD = new Resolution.DeadLetter(StorageFixture.CAUSE);

  private static BulkStep step(StorageFixture fixture, BulkPlan plan) {
    return fixture.storage().bulk().step(plan.id(), 1).orElseThrow();
  }

  private static long count(StorageFixture fixture, EventFilter filter) {
    EventFilter qualifying = BulkAction.REPLAY.qualifying(filter).orElseThrow();
    return fixture.events().count(qualifying, Cursor.START, 100).events();
  }
}
