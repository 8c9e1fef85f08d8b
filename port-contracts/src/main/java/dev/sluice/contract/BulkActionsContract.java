package dev.sluice.contract;

import static dev.sluice.contract.BulkPlans.deadLetters;
import static dev.sluice.contract.BulkPlans.plan;
import static dev.sluice.contract.BulkPlans.run;
import static dev.sluice.contract.BulkPlans.started;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.delivery.EventRecord;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.port.BulkAction;
import dev.sluice.domain.port.BulkJob;
import dev.sluice.domain.port.BulkPlan;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Which deliveries the actions of [dev.sluice.domain.port.BulkJobs] change, and how.
public interface BulkActionsContract {

  /// Returns a new, empty storage.
  StorageFixture newStorage();

  @Test
  default void filter_choosesWhatIsReplayed() {
    StorageFixture fixture = newStorage();
    fixture.deadLetter(Events.event("paid", "order.paid", fixture.now()));
    fixture.deadLetter(Events.event("sent", "order.sent", fixture.now()));
    EventFilter paid = EventFilter.ALL.withTypes(Set.of(new EventType("order.paid")));

    run(fixture, started(fixture, BulkAction.REPLAY, paid, 1), 10);

    assertThat(fixture.status("paid")).isEqualTo(EventStatus.RECEIVED);
    assertThat(fixture.status("sent")).isEqualTo(EventStatus.FAILED);
  }

  @Test
  default void completedEvents_areReplayedWhenTheyAreNamed() {
    StorageFixture fixture = newStorage();
    fixture.complete("done");
    EventFilter completed = EventFilter.ALL.withStatuses(Set.of(EventStatus.COMPLETED));

    run(fixture, started(fixture, BulkAction.REPLAY, completed, 1), 10);

    assertThat(fixture.status("done")).isEqualTo(EventStatus.RECEIVED);
  }

  @Test
  default void cancel_takesWaitingOnesOut() {
    StorageFixture fixture = newStorage();
    fixture.append("retrying");
    fixture.settle(fixture.claimOne(), fixture.retryIn(Duration.ofHours(1)));
    fixture.append("waiting");
    fixture.clock().advance(Duration.ofSeconds(1));

    BulkJob over = run(fixture, started(fixture, BulkAction.CANCEL, EventFilter.ALL, 2), 10);

    assertThat(over.done()).isEqualTo(2);
    assertThat(fixture.status("retrying")).isEqualTo(EventStatus.CANCELLED);
    assertThat(fixture.status("waiting")).isEqualTo(EventStatus.CANCELLED);
  }

  @Test
  default void cancel_leavesWhatWasTriedSince() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    fixture.settle(fixture.claimOne(), fixture.retryIn(Duration.ofSeconds(1)));
    BulkPlan plan = started(fixture, BulkAction.CANCEL, EventFilter.ALL, 1);
    fixture.clock().advance(Duration.ofSeconds(2));
    fixture.settle(fixture.claimOne(), fixture.retryIn(Duration.ofHours(1)));

    BulkJob over = run(fixture, plan, 10);

    assertThat(over.done()).isZero();
    assertThat(over.skipped()).isEqualTo(1);
    assertThat(fixture.status("e-1")).isEqualTo(EventStatus.RETRYING);
  }

  @Test
  default void discard_cancelsDeadLettersAndKeepsTheirHistory() {
    StorageFixture fixture = newStorage();
    deadLetters(fixture, 2);

    run(fixture, started(fixture, BulkAction.DISCARD, EventFilter.ALL, 2), 10);

    assertThat(fixture.events().counts().of(EventStatus.CANCELLED)).isEqualTo(2);
    EventRecord record = fixture.record("dead-1");
    assertThat(record.summary().status()).isEqualTo(EventStatus.CANCELLED);
    assertThat(record.history().getFirst().attempts()).hasSize(1);
  }

  @Test
  default void onlyDeliveriesThatTheFilterMeans_areChanged() {
    StorageFixture fixture = newStorage();
    var billing = new SubscriptionName("billing");
    fixture
        .events()
        .append(
            List.of(
                new NewEvent(Events.event("both"), List.of(billing, SubscriptionName.DEFAULT))));
    fixture
        .queue()
        .claim(StorageFixture.WORKER, QuotaSamples.upTo(2), StorageFixture.LEASE)
        .forEach(claim -> fixture.settle(claim, new Resolution.DeadLetter(StorageFixture.CAUSE)));
    EventFilter filter = EventFilter.ALL.withSubscriptions(Set.of(billing));

    run(fixture, started(fixture, BulkAction.REPLAY, filter, 1), 10);

    assertThat(
            fixture
                .queue()
                .claim(StorageFixture.WORKER, QuotaSamples.upTo(2), StorageFixture.LEASE))
        .extracting(Claim::subscription)
        .containsExactly(billing);
  }
}
