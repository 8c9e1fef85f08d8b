package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.event.ContentDigest;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.AppendResult;
import dev.sluice.domain.port.ExistingEvent;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The promises of [dev.sluice.domain.port.EventStore] on ids that are already stored.
public interface ExistingEventsContract {

  ContentDigest DIGEST = new ContentDigest("1abcdefghijklmnopqrstuv");
  ContentDigest OTHER = new ContentDigest("1ABCDEFGHIJKLMNOPQRSTUV");

  /// Returns a new, empty storage.
  StorageFixture newStorage();

  private static NewEvent withDigest(String id, ContentDigest digest) {
    return new NewEvent(
        Events.event(id), List.of(SubscriptionName.DEFAULT), 0, Optional.of(digest));
  }

  private static List<ExistingEvent> existing(StorageFixture fixture, String... ids) {
    return fixture.events().existing(Stream.of(ids).map(EventId::new).toList());
  }

  @Test
  default void existing_returnsEachStoredEventOnce() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    fixture.append("e-2");

    assertThat(existing(fixture, "e-2", "nobody", "e-1", "e-2"))
        .extracting(event -> event.id().value())
        .containsExactlyInAnyOrder("e-1", "e-2");
    assertThat(existing(fixture)).isEmpty();
  }

  @Test
  default void existing_returnsTimeStatusAndSequence() {
    StorageFixture fixture = newStorage();
    fixture.complete("done");
    fixture.deadLetter(Events.event("dead"));
    fixture.append("working");
    fixture.claimOne();
    fixture.append("waiting");
    fixture.events().append(List.of(Events.unrouted(Events.event("unrouted"))));

    List<ExistingEvent> all =
        Stream.of("done", "dead", "working", "waiting", "unrouted")
            .map(id -> existing(fixture, id).getFirst())
            .toList();

    assertThat(all)
        .extracting(ExistingEvent::status)
        .containsExactly(
            EventStatus.COMPLETED,
            EventStatus.FAILED,
            EventStatus.PROCESSING,
            EventStatus.RECEIVED,
            EventStatus.UNROUTED);
    assertThat(all).extracting(ExistingEvent::sequence).doesNotHaveDuplicates();
    assertThat(all)
        .extracting(ExistingEvent::receivedAt)
        .containsOnly(Events.event("done").receivedAt());
  }

  @Test
  default void statusOfAnEventWithSeveralDeliveries_isThatOfTheEvent() {
    StorageFixture fixture = newStorage();
    var two = List.of(new SubscriptionName("audit"), new SubscriptionName("mail"));
    fixture.events().append(List.of(new NewEvent(Events.event("e-1"), two)));

    assertThat(existing(fixture, "e-1").getFirst().status()).isEqualTo(EventStatus.RECEIVED);
  }

  @Test
  default void digest_comesBackWithTheDuplicate() {
    StorageFixture fixture = newStorage();
    fixture.events().append(List.of(withDigest("e-1", DIGEST)));

    AppendResult again = fixture.events().append(List.of(withDigest("e-1", OTHER))).getFirst();

    assertThat(again)
        .isInstanceOfSatisfying(
            AppendResult.Duplicate.class,
            duplicate -> assertThat(duplicate.existing().digest()).contains(DIGEST));
  }

  @Test
  default void digest_canBeKeptLater() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    ExistingEvent before = existing(fixture, "e-1").getFirst();
    assertThat(before.digest()).isEmpty();

    fixture.events().keepDigests(List.of(before.with(DIGEST)));

    assertThat(existing(fixture, "e-1")).containsExactly(before.with(DIGEST));
    assertThat(fixture.record("e-1").summary().event()).isEqualTo(Events.event("e-1"));
  }

  @Test
  default void digestOfAnEventThatIsGone_isNotKept() {
    StorageFixture fixture = newStorage();
    fixture.complete("e-1");
    ExistingEvent gone = existing(fixture, "e-1").getFirst();
    fixture.events().purge(fixture.now().plusSeconds(1), 100);
    fixture.append("e-2");
    fixture.append("e-1");

    fixture.events().keepDigests(List.of(gone.with(DIGEST)));

    assertThat(existing(fixture, "e-1").getFirst().digest()).isEmpty();
  }

  @Test
  default void duplicatesBetweenNewEvents_haveResultsOfTheirOwn() {
    StorageFixture fixture = newStorage();
    fixture.append("old");
    NewEvent again = Events.routed(Events.event("old"));

    List<AppendResult> results =
        fixture
            .events()
            .append(
                List.of(again, Events.routed(Events.event("a")), again, withDigest("b", DIGEST)));

    assertThat(results)
        .extracting(result -> result.getClass().getSimpleName())
        .containsExactly("Duplicate", "Stored", "Duplicate", "Stored");
    assertThat(existing(fixture, "b").getFirst().digest()).contains(DIGEST);
  }

  /// Reading the payloads would take 5 GB.
  @Test
  default void manyDuplicatesOfALargeEvent_areLight() {
    StorageFixture fixture = newStorage();
    fixture.append(Events.withPayload(Events.event("large"), '"' + "x".repeat(1 << 20) + '"'));
    NewEvent again = Events.routed(Events.event("large"));

    List<AppendResult> results = fixture.events().append(Collections.nCopies(5_000, again));

    assertThat(results)
        .hasSize(5_000)
        .hasOnlyElementsOfType(AppendResult.Duplicate.class)
        .containsOnly(results.getFirst());
  }
}
