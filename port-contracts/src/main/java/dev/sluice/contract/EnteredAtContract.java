package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.ReplayScope;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.lane.LanePlace;
import dev.sluice.domain.port.BulkAction;
import dev.sluice.domain.port.BulkPlan;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.EventFilter;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// The promises that depend on when a delivery entered its state, and those that depend on when it
/// is due.
public interface EnteredAtContract {

  Duration SECOND = Duration.ofSeconds(1);

  /// Returns a new, empty storage.
  StorageFixture newStorage();

  @Test
  default void newDelivery_isDueWhenItEnters() {
    StorageFixture fixture = newStorage();
    Instant stored = fixture.now();
    fixture.append("e-1");
    fixture.clock().advance(SECOND);

    assertThat(waiting(fixture).enteredAt()).isEqualTo(stored);
    assertThat(waiting(fixture).dueAt()).isEqualTo(stored);
  }

  @Test
  default void retry_entersWhenItsAttemptEndsAndIsDueLater() {
    StorageFixture fixture = retryingInAnHour();
    Instant failed = fixture.now();
    fixture.clock().advance(SECOND);

    assertThat(waiting(fixture).enteredAt()).isEqualTo(failed);
    assertThat(waiting(fixture).dueAt()).isEqualTo(failed.plus(Duration.ofHours(1)));
  }

  @Test
  default void replay_entersAndIsDueWhenItIsMade() {
    StorageFixture fixture = newStorage();
    fixture.complete("e-1");
    fixture.clock().advance(SECOND);
    Instant replayed = fixture.now();

    var _ = fixture.control().replay(new EventId("e-1"), new ReplayScope.All(), LanePlace.TAIL);
    fixture.clock().advance(SECOND);

    assertThat(waiting(fixture).enteredAt()).isEqualTo(replayed);
    assertThat(waiting(fixture).dueAt()).isEqualTo(replayed);
  }

  @Test
  default void handedBackDelivery_entersAgainAndIsDueAsBefore() {
    StorageFixture fixture = newStorage();
    Instant stored = fixture.now();
    fixture.append("e-1");
    fixture.clock().advance(SECOND);
    handBack(fixture, fixture.claimOne());

    assertThat(waiting(fixture).enteredAt()).isEqualTo(fixture.now());
    assertThat(waiting(fixture).dueAt()).isEqualTo(stored);
    assertThat(fixture.events().counts().oldestWaiting()).isEqualTo(stored);
  }

  @Test
  default void handedBackRetry_entersAgainAndIsDueAsBefore() {
    StorageFixture fixture = retryingInAnHour();
    Instant due = fixture.now().plus(Duration.ofHours(1));
    fixture.clock().advance(Duration.ofHours(2));
    handBack(fixture, fixture.claimOne());

    assertThat(waiting(fixture).enteredAt()).isEqualTo(fixture.now());
    assertThat(waiting(fixture).dueAt()).isEqualTo(due);
  }

  @Test
  default void waitForAWorker_countsFromTheDueTime() {
    StorageFixture fixture = retryingInAnHour();
    Instant due = fixture.now().plus(Duration.ofHours(1));
    fixture.clock().advance(Duration.ofHours(2));

    assertThat(fixture.events().counts().oldestWaiting()).isEqualTo(due);
  }

  @Test
  default void bulkJob_takesWhatEnteredBeforeItsPlanThoughItIsDueLater() {
    StorageFixture fixture = retryingInAnHour();
    fixture.clock().advance(SECOND);
    BulkPlan plan = cancelled(fixture);

    assertThat(BulkPlans.run(fixture, plan, 10).done()).isEqualTo(1);
    assertThat(fixture.status("e-1")).isEqualTo(EventStatus.CANCELLED);
  }

  @Test
  default void bulkJob_leavesWhatEnteredAfterItsPlanThoughItWasDueBefore() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    fixture.clock().advance(SECOND);
    Claim claim = fixture.claimOne();
    BulkPlan plan = cancelled(fixture);
    fixture.clock().advance(SECOND);
    handBack(fixture, claim);

    assertThat(BulkPlans.run(fixture, plan, 10).done()).isZero();
    assertThat(fixture.status("e-1")).isEqualTo(EventStatus.RECEIVED);
  }

  private StorageFixture retryingInAnHour() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    fixture.clock().advance(SECOND);
    fixture.settle(fixture.claimOne(), fixture.retryIn(Duration.ofHours(1)));
    return fixture;
  }

  private static BulkPlan cancelled(StorageFixture fixture) {
    return BulkPlans.started(fixture, BulkAction.CANCEL, EventFilter.ALL, 1);
  }

  private static void handBack(StorageFixture fixture, Claim claim) {
    var _ = fixture.settle(claim, Resolution.HAND_BACK);
  }

  private static DeliveryState.Waiting waiting(StorageFixture fixture) {
    return (DeliveryState.Waiting) fixture.record("e-1").summary().deliveries().getFirst().state();
  }
}
