package dev.sluice.application.intake;

import static dev.sluice.application.fixture.Samples.draft;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.fixture.Samples;
import dev.sluice.application.intake.IngestResult.Accepted;
import dev.sluice.application.intake.IngestResult.Conflict;
import dev.sluice.application.intake.IngestResult.Duplicate;
import dev.sluice.contract.Events;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.Transitions;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Transition;
import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.event.Payload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The results of drafts: accepted, duplicate or conflict.
final class IntakeTest {

  private static final Attributes FROM_SHOP = new Attributes(Map.of(Attributes.SOURCE, "shop"));
  private static final EventDraft ORIGINAL = draft("e-1", "order.paid", "{\"n\":1}", FROM_SHOP);

  static final List<EventDraft> SAME_CONTENT =
      List.of(
          ORIGINAL,
          draft("e-1", "order.paid", "{ \"n\": 1 }", FROM_SHOP),
          draft(
              "e-1",
              "order.paid",
              "{\"n\":1}",
              new Attributes(Map.of("source", "shop", "subject", "s", "key", "k"))),
          new EventDraft(
              ORIGINAL.id(),
              ORIGINAL.type(),
              Optional.of(SettableClock.START.plusSeconds(9)),
              ORIGINAL.payload(),
              ORIGINAL.attributes()));

  static final List<EventDraft> OTHER_CONTENT =
      List.of(
          draft("e-1", "order.sent", "{\"n\":1}", FROM_SHOP),
          draft("e-1", "order.paid", "{\"n\":2}", FROM_SHOP),
          draft("e-1", "order.paid", "{\"n\":1}", Attributes.NONE),
          draft("e-1", "order.paid", "{\"n\":1}", new Attributes(Map.of("source", "store"))));

  private final IntakeFixture fixture = IntakeFixture.standard();

  @Test
  void newEvent_isAcceptedAndStored() {
    IngestResult result = fixture.ingest(ORIGINAL);

    assertThat(result)
        .isInstanceOfSatisfying(
            Accepted.class,
            accepted -> {
              assertThat(accepted.event()).isEqualTo(fixture.storage.record("e-1").summary());
              assertThat(accepted.event().status()).isEqualTo(EventStatus.RECEIVED);
            });
  }

  @Test
  void acceptedEvent_isWhatWasSent() {
    fixture.storage.clock().advance(Duration.ofSeconds(3));
    fixture.ingest(ORIGINAL);

    assertThat(fixture.storage.record("e-1").summary().event())
        .isEqualTo(
            new Event(
                new EventId("e-1"),
                new EventType("order.paid"),
                SettableClock.START,
                SettableClock.START.plusSeconds(3),
                new Payload("{\"n\":1}"),
                FROM_SHOP));
  }

  @Test
  void acceptedEvents_areAnnounced() {
    fixture.intake.ingest(Samples.drafts(2));

    assertThat(fixture.news.all(Transition.class))
        .containsExactly(
            Transitions.accepted(Events.event("e-1"), 1),
            Transitions.accepted(Events.event("e-2"), 1));
  }

  @Test
  void absentIdAndTime_areMade() {
    var bare =
        new EventDraft(
            Optional.empty(),
            EventType.DEFAULT,
            Optional.empty(),
            new Payload("1"),
            Attributes.NONE);
    fixture.intake.ingest(List.of(bare, bare));

    Event made = fixture.storage.record("made-2").summary().event();
    assertThat(made.occurredAt()).isEqualTo(SettableClock.START);
    assertThat(made.receivedAt()).isEqualTo(SettableClock.START);
    assertThat(fixture.storage.events().find(new EventId("made-1"))).isPresent();
  }

  @ParameterizedTest
  @FieldSource("SAME_CONTENT")
  void sameIdWithTheSameContent_isADuplicate(EventDraft again) {
    fixture.ingest(ORIGINAL);

    assertThat(fixture.ingest(again)).isEqualTo(new Duplicate(fixture.existing("e-1")));
    assertThat(fixture.storage.events().counts().backlog()).isEqualTo(1);
  }

  @ParameterizedTest
  @FieldSource("OTHER_CONTENT")
  void sameIdWithOtherContent_isAConflict(EventDraft other) {
    fixture.ingest(ORIGINAL);
    var before = fixture.storage.record("e-1");

    var existing = fixture.existing("e-1");
    assertThat(fixture.ingest(other)).isEqualTo(new Conflict(existing));
    assertThat(fixture.storage.record("e-1")).isEqualTo(before);
  }

  @Test
  void duplicatesAndConflicts_areNotAnnouncedAndTakeNoRoom() {
    fixture.ingest(ORIGINAL);
    fixture.intake.ingest(List.of(ORIGINAL, OTHER_CONTENT.getFirst()));

    assertThat(fixture.news.all(Transition.Accepted.class)).hasSize(1);
    assertThat(fixture.admission.backlog()).isEqualTo(1);
  }

  @Test
  void idTwiceInABatch_isStoredOnce() {
    assertThat(fixture.kindsOf(List.of(ORIGINAL, draft("e-2"), ORIGINAL, OTHER_CONTENT.get(1))))
        .containsExactly("Accepted", "Accepted", "Duplicate", "Conflict");
    assertThat(fixture.storage.events().counts().backlog()).isEqualTo(2);
  }

  @Test
  void eventThatNobodyWants_isKeptUnrouted() {
    var picky = IntakeFixture.subscribedBy(Samples.to("billing", "invoice.*"));
    picky.ingest(ORIGINAL);

    assertThat(picky.storage.status("e-1")).isEqualTo(EventStatus.UNROUTED);
    assertThat(picky.news.all(Transition.Accepted.class))
        .singleElement()
        .satisfies(accepted -> assertThat(accepted.event().deliveries()).isEmpty());
    assertThat(picky.admission.backlog()).isZero();
  }

  @Test
  void eventThatSeveralWant_hasADeliveryForEach() {
    var shared = IntakeFixture.subscribedBy(Samples.to("a", "*"), Samples.to("b", "order.*"));
    shared.ingest(ORIGINAL);

    assertThat(shared.storage.record("e-1").summary().deliveries())
        .extracting(delivery -> delivery.subscription().value())
        .containsExactlyInAnyOrder("a", "b");
    assertThat(shared.admission.backlog()).isEqualTo(2);
  }

  @Test
  void emptyBatch_hasNoResults() {
    assertThat(fixture.intake.ingest(List.of())).isEmpty();
  }

  @Test
  void delay_becomesATimeAfterTheReceipt() {
    fixture.ingest(
        new EventDraft(
            ORIGINAL.id(),
            ORIGINAL.type(),
            ORIGINAL.occurredAt(),
            ORIGINAL.payload(),
            ORIGINAL.attributes(),
            Optional.of(Duration.ofMinutes(10)),
            Optional.empty()));

    Event stored = fixture.storage.record("e-1").summary().event();
    assertThat(stored.attributes().deliverAt())
        .contains(SettableClock.START.plus(Duration.ofMinutes(10)));
    assertThat(stored.attributes().source()).contains("shop");
  }

  @Test
  void schedule_isNoContent() {
    fixture.ingest(ORIGINAL);

    EventDraft later =
        draft("e-1", "order.paid", "{\"n\":1}", FROM_SHOP.withDeliverAt(SettableClock.START));
    assertThat(fixture.ingest(later)).isInstanceOf(Duplicate.class);
  }

  @Test
  void subscriptionWithADelay_getsItsDeliveriesLater() {
    var delayed = IntakeFixture.subscribedBy(Samples.delayed("slow", Duration.ofHours(1)));
    delayed.ingest(ORIGINAL);

    assertThat(delayed.storage.record("e-1").summary().nextAttemptAt())
        .contains(SettableClock.START.plus(Duration.ofHours(1)));
  }

  @Test
  void expiresAfter_countsFromTheTimeOfTheEvent() {
    fixture.ingest(expiring(Optional.empty()));
    assertThat(fixture.storage.record("e-1").summary().event().attributes().expiresAt())
        .contains(SettableClock.START.plus(Duration.ofMinutes(10)));

    var delayed = IntakeFixture.standard();
    delayed.ingest(expiring(Optional.of(Duration.ofHours(1))));
    assertThat(delayed.storage.record("e-1").summary().event().attributes().expiresAt())
        .contains(SettableClock.START.plus(Duration.ofMinutes(70)));
  }

  private static EventDraft expiring(Optional<Duration> delay) {
    return new EventDraft(
        ORIGINAL.id(),
        ORIGINAL.type(),
        ORIGINAL.occurredAt(),
        ORIGINAL.payload(),
        ORIGINAL.attributes(),
        delay,
        Optional.of(Duration.ofMinutes(10)));
  }
}
