package dev.sluice.application.intake;

import static dev.sluice.application.fixture.Samples.draft;
import static dev.sluice.application.fixture.Samples.drafts;
import static dev.sluice.application.intake.IntakeFixture.MAX_BACKLOG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.application.fixture.HookedStore.Call;
import dev.sluice.application.fixture.Outage;
import dev.sluice.application.fixture.Samples;
import dev.sluice.application.intake.IngestResult.Reason;
import dev.sluice.application.intake.IngestResult.Refused;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Transition;
import dev.sluice.domain.port.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// When drafts are refused.
final class IntakeLimitsTest {

  private static final Refused BACKLOG_FULL =
      new Refused(Reason.BACKLOG_FULL, Duration.ofSeconds(1));

  private final IntakeFixture fixture = IntakeFixture.standard();

  /// Nothing processes unrouted events, so they would fill the disk.
  @Test
  void unroutedEvents_areBoundedAndHoldUpNoOthers() {
    IntakeFixture narrow = IntakeFixture.subscribedBy(Samples.to("orders", "order.*"));
    assertThat(narrow.ingest(draft("u-0", "noise"))).isInstanceOf(IngestResult.Accepted.class);
    narrow.admission.correctUnrouted(MAX_BACKLOG);

    List<IngestResult> results =
        narrow.intake.ingest(
            List.of(
                draft("late", "noise"),
                draft("o-1", "order.paid"),
                draft("u-0", "noise"),
                draft("o-2", "order.paid")));

    assertThat(results.get(0)).isEqualTo(new Refused(Reason.UNROUTED_FULL, Duration.ofMinutes(1)));
    assertThat(results.get(1)).isInstanceOf(IngestResult.Accepted.class);
    assertThat(results.get(2)).isInstanceOf(IngestResult.Duplicate.class);
    assertThat(results.get(3)).isInstanceOf(IngestResult.Accepted.class);
  }

  @Test
  void roomForUnroutedEvents_followsTheStorage() {
    IntakeFixture narrow = IntakeFixture.subscribedBy(Samples.to("orders", "order.*"));
    narrow.admission.correctUnrouted(MAX_BACKLOG);
    assertThat(narrow.ingest(draft("one", "noise"))).isInstanceOf(Refused.class);

    narrow.admission.correctUnrouted(MAX_BACKLOG - 1L);

    assertThat(narrow.ingest(draft("one", "noise"))).isInstanceOf(IngestResult.Accepted.class);
  }

  @Test
  void backlogLimit_isExact() {
    List<IngestResult> results = fixture.intake.ingest(drafts(MAX_BACKLOG + 5));

    assertThat(results).hasSize(MAX_BACKLOG + 5);
    assertThat(results.subList(0, MAX_BACKLOG)).hasOnlyElementsOfType(IngestResult.Accepted.class);
    assertThat(results.subList(MAX_BACKLOG, MAX_BACKLOG + 5)).containsOnly(BACKLOG_FULL);
    assertThat(fixture.storage.events().counts().backlog()).isEqualTo(MAX_BACKLOG);
  }

  @Test
  void backlogLimit_isExactHoweverManyThreadsRace() throws Exception {
    var start = new CyclicBarrier(64);
    List<Callable<Long>> producers =
        IntStream.range(0, 64)
            .<Callable<Long>>mapToObj(number -> () -> acceptedOf("p-" + number, start))
            .toList();
    long accepted = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Long> producer : threads.invokeAll(producers)) {
        accepted += producer.get();
      }
    }

    assertThat(accepted).isEqualTo(MAX_BACKLOG);
    assertThat(fixture.storage.events().counts().backlog()).isEqualTo(MAX_BACKLOG);
    assertThat(fixture.admission.backlog()).isEqualTo(MAX_BACKLOG);
  }

  private long acceptedOf(String producer, CyclicBarrier start) throws Exception {
    start.await(30, TimeUnit.SECONDS);
    return IntStream.range(0, 10)
        .mapToObj(number -> fixture.ingest(draft(producer + "-" + number)))
        .filter(IngestResult.Accepted.class::isInstance)
        .count();
  }

  @Test
  void repeatsWhileTheBacklogIsFull_areStillToldFromNewEvents() {
    fixture.intake.ingest(drafts(MAX_BACKLOG));

    assertThat(
            fixture.kindsOf(
                List.of(draft("new"), draft("e-1"), draft("e-2", "order.sent"), draft("e-3"))))
        .containsExactly("Refused", "Duplicate", "Conflict", "Duplicate");
    assertThat(fixture.admission.backlog()).isEqualTo(MAX_BACKLOG);
  }

  @Test
  void repeatOfAnEventOfTheSameBatch_isADuplicateThoughThereIsNoRoomLeft() {
    List<EventDraft> batch = new ArrayList<>(drafts(MAX_BACKLOG));
    batch.add(draft("e-1"));

    assertThat(fixture.kindsOf(batch)).last().isEqualTo("Duplicate");
  }

  @Test
  void eventWithMoreDeliveriesThanThereIsRoomFor_isRefusedWhole() {
    var shared = IntakeFixture.subscribedBy(Samples.to("a", "*"), Samples.to("b", "order.*"));
    for (int number = 0; number < MAX_BACKLOG - 1; number++) {
      shared.ingest(draft("e-" + number, "other"));
    }

    assertThat(shared.ingest(draft("two", "order.paid"))).isEqualTo(BACKLOG_FULL);
    assertThat(shared.ingest(draft("one", "other"))).isInstanceOf(IngestResult.Accepted.class);
  }

  @Test
  void unroutedEvent_isAcceptedThoughTheBacklogIsFull() {
    var picky = IntakeFixture.subscribedBy(Samples.to("a", "order.*"));
    picky.intake.ingest(drafts(MAX_BACKLOG));

    picky.ingest(draft("unrouted", "other"));

    assertThat(picky.storage.status("unrouted")).isEqualTo(EventStatus.UNROUTED);
  }

  @Test
  void closedAdmission_refusesEverything() {
    fixture.admission.close();

    assertThat(fixture.intake.ingest(drafts(2)))
        .hasSize(2)
        .containsOnly(new Refused(Reason.DRAINING, Duration.ofSeconds(5)));
    assertThat(fixture.store.hooks().calls(Call.APPEND)).isZero();
  }

  @Test
  void fullStore_refusesWhatDoesNotFitAndGivesItsRoomBack() {
    var small = IntakeFixture.withRoomFor(2);
    List<IngestResult> results = small.intake.ingest(drafts(3));

    assertThat(results.getLast()).isEqualTo(new Refused(Reason.STORE_FULL, Duration.ofSeconds(1)));
    assertThat(results.subList(0, 2)).hasOnlyElementsOfType(IngestResult.Accepted.class);
    assertThat(small.news.all(Transition.Accepted.class)).hasSize(2);
    assertThat(small.admission.backlog()).isEqualTo(2);
  }

  @Test
  void failingStore_isNotAnAnswer() {
    fixture.store.hooks().before(Call.APPEND, Outage.forGood());

    assertThatThrownBy(() -> fixture.intake.ingest(drafts(2)))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(fixture.news.all(Transition.class)).isEmpty();
  }

  @Test
  void roomOfAFailedAppend_staysTakenUntilTheNextCorrection() {
    fixture.store.hooks().before(Call.APPEND, Outage.ofCalls(1));
    assertThatThrownBy(() -> fixture.intake.ingest(drafts(7)))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(fixture.admission.backlog()).isEqualTo(7);

    fixture.admission.correct(
        fixture.admission.backlog(), fixture.storage.events().counts().backlog());

    assertThat(fixture.admission.backlog()).isZero();
    assertThat(fixture.kindsOf(drafts(MAX_BACKLOG))).containsOnly("Accepted");
  }

  @Test
  void appendThatTookEffectThoughItFailed_staysCounted() {
    fixture.store.hooks().after(Call.APPEND, Outage.ofCalls(1));
    assertThatThrownBy(() -> fixture.intake.ingest(drafts(7)))
        .isInstanceOf(StoreUnavailableException.class);

    fixture.admission.correct(
        fixture.admission.backlog(), fixture.storage.events().counts().backlog());

    assertThat(fixture.admission.backlog()).isEqualTo(7);
    assertThat(fixture.kindsOf(drafts(7))).containsOnly("Duplicate");
  }
}
