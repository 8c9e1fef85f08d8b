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

import dev.sluice.domain.delivery.AttemptCount;
import dev.sluice.domain.delivery.DeliverySnapshot;
import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.port.BackfillChoice;
import dev.sluice.domain.port.BulkAction;
import dev.sluice.domain.port.BulkJob;
import dev.sluice.domain.port.BulkPlan;
import dev.sluice.domain.port.BulkStep;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.PageRequest;
import dev.sluice.domain.subscription.Backfill;
import dev.sluice.domain.subscription.EventPattern;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.TypePattern;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What [dev.sluice.domain.port.BulkJobs] promises of back-fills.
public interface BackfillContract {

  /// Returns a new, empty storage.
  StorageFixture newStorage();

  private static BulkJob started(StorageFixture fixture, SubscriptionName subscription) {
    int number = fixture.storage().bulk().started(100).size() + 1;
    var plan =
        new BulkPlan(
            "job-" + number,
            "token-" + number,
            BulkAction.BACKFILL,
            EventFilter.ALL,
            Optional.of(
                new Backfill(
                    subscription,
                    List.of(new TypePattern("order.*"), TypePattern.ANY),
                    Optional.of(new EventPattern("{\n \"source\": [\"a=b\"]\r\n}")),
                    Optional.empty())),
            fixture.events().newest(),
            Cursor.END,
            100,
            fixture.storage().bulk().now(),
            "ann");
    fixture.storage().bulk().plan(plan);
    assertThat(fixture.storage().bulk().start(plan.id(), "bob", 0)).isTrue();
    return job(fixture, plan.id());
  }

  private static BulkJob job(StorageFixture fixture, String id) {
    return fixture.storage().bulk().find(id).orElseThrow();
  }

  private static BulkStep step(StorageFixture fixture, BulkJob job, String... ids) {
    List<Event> events = Stream.of(ids).map(id -> fixture.record(id).summary().event()).toList();
    return fixture
        .storage()
        .bulk()
        .backfill(job, new BackfillChoice(events, Optional.of(Cursor.END)))
        .orElseThrow();
  }

  private static Map<SubscriptionName, DeliveryStatus> mail(DeliveryStatus status) {
    return Map.of(MAIL, status);
  }

  private static List<String> listed(StorageFixture fixture, EventStatus status) {
    EventFilter filter = EventFilter.ALL.withStatuses(Set.of(status));
    return fixture.events().list(filter, PageRequest.first(100)).items().stream()
        .map(summary -> summary.event().id().value())
        .toList();
  }

  /// Checks that the counts are those of the events themselves.
  private static void assertCountsAreRight(StorageFixture fixture) {
    List<EventSummary> all = fixture.events().list(EventFilter.ALL, PageRequest.first(100)).items();
    for (EventStatus status : EventStatus.values()) {
      assertThat(fixture.events().counts().of(status))
          .as("events " + status)
          .isEqualTo(all.stream().filter(event -> event.status() == status).count());
    }
    for (DeliveryStatus status : DeliveryStatus.values()) {
      assertThat(fixture.events().counts().of(status))
          .as("deliveries " + status)
          .isEqualTo(
              all.stream()
                  .flatMap(event -> event.deliveries().stream())
                  .filter(delivery -> delivery.state().status() == status)
                  .count());
    }
  }

  @Test
  default void plan_isStored() {
    StorageFixture fixture = newStorage();

    Backfill stored = started(fixture, MAIL).plan().backfill().orElseThrow();

    assertThat(stored.subscription()).isEqualTo(MAIL);
    assertThat(stored.types()).containsExactly(new TypePattern("order.*"), TypePattern.ANY);
    assertThat(stored.own().orElseThrow().json()).contains("{", "\"source\": [\"a=b\"]", "}");
    assertThat(stored.further()).isEmpty();
  }

  @Test
  default void unroutedEvent_isReceivedAndDueNow() {
    StorageFixture fixture = newStorage();
    fixture.events().append(List.of(Events.unrouted(Events.event("e-1"))));
    fixture.clock().advance(Duration.ofHours(1));

    BulkStep step = step(fixture, started(fixture, MAIL), "e-1");

    assertThat(step.changed()).hasSize(1);
    assertThat(step.changed().getFirst().subscriptions()).containsExactly(MAIL);
    assertThat(step.job().done()).isEqualTo(1);
    assertThat(step.job().state()).isEqualTo(BulkJob.State.FINISHED);
    assertThat(job(fixture, step.job().plan().id())).isEqualTo(step.job());
    EventSummary after = fixture.record("e-1").summary();
    assertThat(after.status()).isEqualTo(EventStatus.RECEIVED);
    DeliverySnapshot delivery = after.deliveries().getFirst();
    assertThat(delivery.subscription()).isEqualTo(MAIL);
    assertThat(delivery.state()).isInstanceOf(DeliveryState.Received.class);
    assertThat(delivery.state().attempts()).isEqualTo(AttemptCount.NONE);
    assertThat(((DeliveryState.Received) delivery.state()).dueAt()).isEqualTo(fixture.now());
    assertThat(listed(fixture, EventStatus.UNROUTED)).isEmpty();
    assertThat(listed(fixture, EventStatus.RECEIVED)).containsExactly("e-1");
    assertCountsAreRight(fixture);
  }

  @Test
  default void newDelivery_isProcessedLikeAnyOther() {
    StorageFixture fixture = newStorage();
    fixture.events().append(List.of(Events.unrouted(Events.event("e-1"))));
    step(fixture, started(fixture, MAIL), "e-1");

    Claim claim = fixture.claimOne();
    fixture.settle(claim, Resolution.COMPLETE);

    assertThat(claim.subscription()).isEqualTo(MAIL);
    assertThat(claim.attempt()).isEqualTo(1);
    assertThat(fixture.status("e-1")).isEqualTo(EventStatus.COMPLETED);
    assertThat(fixture.claimDue()).isEmpty();
    assertCountsAreRight(fixture);
  }

  /// Whatever the status of the deliveries that there are, none of them changes.
  @Test
  default void siblings_stayAsTheyAre() {
    StorageFixture fixture = newStorage();
    for (DeliveryStatus before : DeliveryStatus.values()) {
      MixedEvents.store(fixture, before.name(), mail(before));
    }
    String[] ids =
        Stream.of(DeliveryStatus.values()).map(DeliveryStatus::name).toArray(String[]::new);

    step(fixture, started(fixture, BILLING), ids);

    for (DeliveryStatus before : DeliveryStatus.values()) {
      String id = before.name();
      assertThat(status(fixture, id, MAIL)).isEqualTo(before);
      assertThat(status(fixture, id, BILLING)).isEqualTo(RECEIVED);
      assertThat(fixture.status(id))
          .isEqualTo(before == PROCESSING ? EventStatus.PROCESSING : EventStatus.RECEIVED);
      assertThat(listed(fixture, EventStatus.of(before))).contains(id);
    }
    assertThat(listed(fixture, EventStatus.RECEIVED)).hasSize(ids.length);
    assertCountsAreRight(fixture);
    step(fixture, started(fixture, AUDIT), ids);
    assertThat(fixture.record("FAILED").summary().deliveries()).hasSize(3);
    assertCountsAreRight(fixture);
  }

  @Test
  default void siblingInProgress_canBeSettledAfterwards() {
    StorageFixture fixture = newStorage();
    MixedEvents.store(fixture, "e-1", Map.of());
    step(fixture, started(fixture, MAIL), "e-1");
    Claim mail = fixture.claimOne();
    step(fixture, started(fixture, BILLING), "e-1");

    fixture.settle(mail, new Resolution.DeadLetter(StorageFixture.CAUSE));
    assertCountsAreRight(fixture);
    fixture.settle(fixture.claimOne(), Resolution.COMPLETE);

    assertThat(status(fixture, "e-1", MAIL)).isEqualTo(FAILED);
    assertThat(status(fixture, "e-1", BILLING)).isEqualTo(COMPLETED);
    assertThat(fixture.status("e-1")).isEqualTo(EventStatus.FAILED);
    assertCountsAreRight(fixture);
  }

  @Test
  default void eventWithADeliveryInIt_isLeftAlone() {
    StorageFixture fixture = newStorage();
    MixedEvents.store(fixture, "done", mail(COMPLETED));
    MixedEvents.store(fixture, "dead", Map.of(MAIL, FAILED, BILLING, COMPLETED));
    MixedEvents.store(fixture, "out", Map.of(MAIL, CANCELLED, BILLING, RETRYING));

    BulkStep step = step(fixture, started(fixture, MAIL), "out", "dead", "done");

    assertThat(step.changed()).isEmpty();
    assertThat(step.job().done()).isZero();
    assertThat(status(fixture, "done", MAIL)).isEqualTo(COMPLETED);
    assertThat(status(fixture, "dead", MAIL)).isEqualTo(FAILED);
    assertThat(status(fixture, "out", MAIL)).isEqualTo(CANCELLED);
    assertThat(fixture.claimDue()).isEmpty();
    assertCountsAreRight(fixture);
  }

  @Test
  default void secondJob_makesNoSecondDelivery() {
    StorageFixture fixture = newStorage();
    MixedEvents.store(fixture, "one", mail(COMPLETED));
    step(fixture, started(fixture, BILLING), "one");

    BulkStep again = step(fixture, started(fixture, BILLING), "one");

    assertThat(again.changed()).isEmpty();
    assertThat(fixture.claimDue()).hasSize(1);
    assertThat(fixture.claimDue()).isEmpty();
  }

  /// Another node was faster, or the job was stopped.
  @Test
  default void jobThatIsNotAsItWasSeen_doesNothing() {
    StorageFixture fixture = newStorage();
    fixture.events().append(List.of(Events.unrouted(Events.event("e-1"))));
    BulkJob seen = started(fixture, MAIL);
    Event event = fixture.record("e-1").summary().event();
    var none = new BackfillChoice(List.of(), Optional.of(new Cursor(1_000)));
    assertThat(fixture.storage().bulk().backfill(seen, none)).isPresent();
    var choice = new BackfillChoice(List.of(event), Optional.of(Cursor.END));

    assertThat(fixture.storage().bulk().backfill(seen, choice)).isEmpty();
    fixture.storage().bulk().stop(seen.plan().id());
    assertThat(fixture.storage().bulk().backfill(job(fixture, seen.plan().id()), choice)).isEmpty();

    assertThat(fixture.status("e-1")).isEqualTo(EventStatus.UNROUTED);
  }

  @Test
  default void choiceWithoutAnEnd_goesOnAfterItsLastEvent() {
    StorageFixture fixture = newStorage();
    for (String id : List.of("e-1", "e-2", "e-3")) {
      fixture.events().append(List.of(Events.unrouted(Events.event(id))));
    }
    BulkJob job = started(fixture, MAIL);
    List<Event> events =
        Stream.of("e-3", "e-2").map(id -> fixture.record(id).summary().event()).toList();

    BulkJob after =
        fixture
            .storage()
            .bulk()
            .backfill(job, new BackfillChoice(events, Optional.empty()))
            .orElseThrow()
            .job();

    assertThat(after.state()).isEqualTo(BulkJob.State.RUNNING);
    assertThat(after.done()).isEqualTo(2);
    var rest = new PageRequest(after.position(), 10);
    assertThat(fixture.events().list(EventFilter.ALL, rest).items())
        .extracting(summary -> summary.event().id().value())
        .containsExactly("e-1");
  }

  @Test
  default void purgedEvent_isSkipped() {
    StorageFixture fixture = newStorage();
    fixture.events().append(List.of(Events.unrouted(Events.event("gone"))));
    MixedEvents.store(fixture, "kept", mail(RETRYING));
    fixture.clock().advance(Duration.ofMinutes(30));
    BulkJob job = started(fixture, BILLING);
    List<Event> events =
        Stream.of("kept", "gone").map(id -> fixture.record(id).summary().event()).toList();
    assertThat(fixture.events().purge(fixture.now(), 10)).isEqualTo(1);

    BulkStep step =
        fixture
            .storage()
            .bulk()
            .backfill(job, new BackfillChoice(events, Optional.of(Cursor.END)))
            .orElseThrow();

    assertThat(step.changed()).extracting(changed -> changed.id().value()).containsExactly("kept");
    assertThat(fixture.claimDue()).hasSize(1);
    assertCountsAreRight(fixture);
  }

  /// An unrouted event counts as finished, one that waits does not.
  @Test
  default void eventWithANewDelivery_isNotPurged() {
    StorageFixture fixture = newStorage();
    fixture.events().append(List.of(Events.unrouted(Events.event("unrouted"))));
    MixedEvents.store(fixture, "done", mail(COMPLETED));
    step(fixture, started(fixture, BILLING), "done", "unrouted");
    fixture.clock().advance(Duration.ofHours(1));

    assertThat(fixture.events().purge(fixture.now(), 10)).isZero();

    fixture.claimDue().forEach(claim -> fixture.settle(claim, Resolution.COMPLETE));
    fixture.clock().advance(Duration.ofHours(1));
    assertThat(fixture.events().purge(fixture.now(), 10)).isEqualTo(2);
    assertCountsAreRight(fixture);
  }
}
