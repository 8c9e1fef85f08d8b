package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.ReplayScope;
import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.lane.LanePlace;
import dev.sluice.domain.port.AppendResult;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The promises of [dev.sluice.domain.port.EventStore] on storing, finding, counting and deleting.
public interface EventStoreContract {

  /// Returns a new, empty storage with room for at least 10,000 events.
  StorageFixture newStorage();

  @Test
  default void appendedEvent_isFoundEqual() {
    StorageFixture fixture = newStorage();
    Event event = Events.keyed("e-1", "customer-7");

    assertThat(fixture.append(event)).isInstanceOf(AppendResult.Stored.class);

    assertThat(fixture.record("e-1").summary().event()).isEqualTo(event);
    assertThat(fixture.status("e-1")).isEqualTo(EventStatus.RECEIVED);
  }

  @Test
  default void everyAttribute_comesBackAsItWas() {
    StorageFixture fixture = newStorage();
    var attributes =
        new Attributes(
            Map.of(
                Attributes.SOURCE,
                "/shop?a=b=c",
                Attributes.SUBJECT,
                "two\u2028lines",
                Attributes.KEY,
                "'; drop",
                Attributes.TRACEPARENT,
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "extension",
                "\uD83D\uDE00 =",
                "empty",
                "",
                "number",
                "-5",
                "flag",
                "true",
                "text",
                "7"),
            Set.of("number", "flag"));
    assertKept(fixture, attributes);
  }

  private static void assertKept(StorageFixture fixture, Attributes attributes) {
    Event plain = Events.event("e-1");
    var event =
        new Event(
            plain.id(),
            plain.type(),
            plain.occurredAt(),
            plain.receivedAt(),
            plain.payload(),
            attributes);
    fixture.append(event);

    assertThat(fixture.record("e-1").summary().event()).isEqualTo(event);
    assertThat(fixture.claimOne().event()).isEqualTo(event);
  }

  @Test
  default void longestAttributes_comeBackAsTheyWere() {
    int half = (Attributes.MAX_CHARACTERS - Attributes.SOURCE.length()) / 2;
    String text = "\\".repeat(half) + "\u20AC".repeat(half);

    assertKept(newStorage(), new Attributes(Map.of(Attributes.SOURCE, text)));
  }

  @Test
  default void unknownEvent_isNotFound() {
    assertThat(newStorage().events().find(new EventId("nobody"))).isEmpty();
  }

  @Test
  default void appendedEvent_isClaimableWhenAppendReturns() {
    StorageFixture fixture = newStorage();

    fixture.append("e-1");

    assertThat(fixture.claimOne().event()).isEqualTo(Events.event("e-1"));
  }

  @Test
  default void sameIdAgain_isDuplicateAndChangesNothing() {
    StorageFixture fixture = newStorage();
    Event first = Events.event("e-1");
    fixture.append(first);

    AppendResult again = fixture.append(Events.withPayload(first, "[2]"));

    assertThat(again)
        .isInstanceOfSatisfying(
            AppendResult.Duplicate.class,
            duplicate -> assertThat(duplicate.existing().id()).isEqualTo(first.id()));
    assertThat(fixture.record("e-1").summary().event()).isEqualTo(first);
    assertThat(fixture.events().counts().backlog()).isEqualTo(1);
  }

  @Test
  default void sameIdWithinBatch_isStoredOnce() {
    StorageFixture fixture = newStorage();
    NewEvent event = Events.routed(Events.event("e-1"));

    List<AppendResult> results = fixture.events().append(List.of(event, event));

    assertThat(results.getFirst()).isInstanceOf(AppendResult.Stored.class);
    assertThat(results.getLast()).isInstanceOf(AppendResult.Duplicate.class);
  }

  @Test
  default void racingProducersOfOneId_storeExactlyOne() throws Exception {
    StorageFixture fixture = newStorage();
    Callable<AppendResult> send = () -> fixture.append(Events.event("e-1"));

    List<AppendResult> results = new ArrayList<>();
    try (var producers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<AppendResult> sent :
          producers.invokeAll(IntStream.range(0, 64).mapToObj(_ -> send).toList())) {
        results.add(sent.get());
      }
    }

    assertThat(results).filteredOn(AppendResult.Stored.class::isInstance).hasSize(1);
    assertThat(results).filteredOn(AppendResult.Duplicate.class::isInstance).hasSize(63);
  }

  @Test
  default void eventWithoutSubscription_isKeptUnrouted() {
    StorageFixture fixture = newStorage();

    fixture.events().append(List.of(Events.unrouted(Events.event("e-1"))));

    assertThat(fixture.status("e-1")).isEqualTo(EventStatus.UNROUTED);
    assertThat(
            fixture
                .queue()
                .claim(StorageFixture.WORKER, QuotaSamples.upTo(10), StorageFixture.LEASE))
        .isEmpty();
  }

  @Test
  default void eventForTwoSubscriptions_hasTwoDeliveries() {
    StorageFixture fixture = newStorage();
    var audit = new SubscriptionName("audit");
    var mail = new SubscriptionName("mail");

    fixture.events().append(List.of(new NewEvent(Events.event("e-1"), List.of(audit, mail))));

    assertThat(
            fixture
                .queue()
                .claim(StorageFixture.WORKER, QuotaSamples.upTo(10), StorageFixture.LEASE))
        .extracting(Claim::subscription)
        .containsExactlyInAnyOrder(audit, mail);
    assertThat(fixture.record("e-1").history()).hasSize(2);
  }

  @Test
  default void whatWasRead_doesNotChangeAfterwards() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    var before = fixture.record("e-1");

    fixture.claimOne();

    assertThat(before.summary().status()).isEqualTo(EventStatus.RECEIVED);
    assertThat(before.history().getFirst().attempts()).isEmpty();
  }

  @Test
  default void counts_followEveryTransition() {
    StorageFixture fixture = newStorage();
    fixture.complete("done");
    fixture.deadLetter(Events.event("dead"));
    fixture.append("working");
    fixture.claimOne();
    fixture.append("waiting");

    var counts = fixture.events().counts();

    assertThat(counts.of(EventStatus.COMPLETED)).isEqualTo(1);
    assertThat(counts.of(EventStatus.FAILED)).isEqualTo(1);
    assertThat(counts.of(DeliveryStatus.PROCESSING)).isEqualTo(1);
    assertThat(counts.of(DeliveryStatus.RECEIVED)).isEqualTo(1);
    assertThat(counts.backlog()).isEqualTo(2);
  }

  @Test
  default void oldestWaiting_isTheLongestDueDelivery() {
    StorageFixture fixture = newStorage();
    assertThat(fixture.events().counts().oldestWaitingAge(fixture.now())).isEmpty();
    fixture.append("e-1");

    fixture.clock().advance(Duration.ofSeconds(7));

    assertThat(fixture.events().counts().oldestWaitingAge(fixture.now()))
        .contains(Duration.ofSeconds(7));
  }

  @Test
  default void purge_forgetsFinishedEventsBeforeTheTime() {
    StorageFixture fixture = newStorage();
    fixture.complete("old");
    fixture.clock().advance(Duration.ofHours(2));
    fixture.complete("young");

    int purged = fixture.events().purge(fixture.now().minus(Duration.ofHours(1)), 100);

    assertThat(purged).isEqualTo(1);
    assertThat(fixture.events().find(new EventId("old"))).isEmpty();
    assertThat(fixture.status("young")).isEqualTo(EventStatus.COMPLETED);
    assertThat(fixture.events().counts().of(EventStatus.COMPLETED)).isEqualTo(1);
  }

  @Test
  default void purge_keepsUnfinishedEventsWhateverTheirAge() {
    StorageFixture fixture = newStorage();
    fixture.append("waiting");
    fixture.append("retrying");

    fixture.clock().advance(Duration.ofDays(365));

    assertThat(fixture.events().purge(fixture.now(), 100)).isZero();
    assertThat(fixture.status("waiting")).isEqualTo(EventStatus.RECEIVED);
  }

  @Test
  default void purge_takesNoMoreThanItsLimit() {
    StorageFixture fixture = newStorage();
    List.of("a", "b", "c").forEach(fixture::complete);
    Instant later = fixture.now().plusSeconds(1);

    assertThat(fixture.events().purge(later, 2)).isEqualTo(2);
    assertThat(fixture.events().purge(later, 2)).isEqualTo(1);
  }

  @Test
  default void purgedId_mayComeAgain() {
    StorageFixture fixture = newStorage();
    fixture.complete("e-1");
    fixture.events().purge(fixture.now().plusSeconds(1), 100);

    assertThat(fixture.append(Events.event("e-1"))).isInstanceOf(AppendResult.Stored.class);
  }

  @Test
  default void replayedEvent_isNotPurged() {
    StorageFixture fixture = newStorage();
    fixture.complete("e-1");
    fixture.control().replay(new EventId("e-1"), new ReplayScope.All(), LanePlace.TAIL);

    assertThat(fixture.events().purge(fixture.now().plusSeconds(1), 100)).isZero();
  }
}
