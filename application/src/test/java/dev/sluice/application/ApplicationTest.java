package dev.sluice.application;

import static dev.sluice.application.fixture.Samples.draft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.application.fixture.HeldHandler;
import dev.sluice.application.fixture.HookedStore.Call;
import dev.sluice.application.fixture.Outage;
import dev.sluice.application.fixture.Samples;
import dev.sluice.application.intake.IngestResult;
import dev.sluice.application.work.WorkSettings;
import dev.sluice.contract.Events;
import dev.sluice.contract.Eventually;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.delivery.Transition;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.figures.DiskReport;
import dev.sluice.domain.figures.Totals;
import dev.sluice.domain.port.Durability;
import dev.sluice.domain.port.EventHandler;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The use cases, wired together.
final class ApplicationTest {

  private static final EventHandler SUCCEEDS = (_, _) -> Outcome.SUCCEEDED;

  private final HeldHandler held = HeldHandler.obedient();
  private Node node = Node.with(SUCCEEDS, 2);

  @AfterEach
  void stop() throws InterruptedException {
    held.release();
    node.application.stop(Duration.ZERO);
  }

  @Test
  void acceptedEvent_isWorkedOffAndCounted() {
    node.startedWith(3).await("e-3", EventStatus.COMPLETED);
    Eventually.holds(
        "all are counted",
        () ->
            node.application
                .useCases()
                .statistics()
                .snapshot()
                .totals()
                .equals(new Totals(3, 3, 0, 0)));

    assertThat(node.application.useCases().browse().counts().of(EventStatus.COMPLETED))
        .isEqualTo(3);
    assertThat(node.news.all(Transition.Accepted.class)).hasSize(3);
    assertThat(node.news.all(Transition.Settled.class)).hasSize(3);
  }

  @Test
  void finishedDeliveries_makeRoomForNewOnes() {
    node.ingest(Node.MAX_BACKLOG);
    assertThat(ingestOne("one-more")).isInstanceOf(IngestResult.Refused.class);

    node.application.start();
    node.await("e-" + Node.MAX_BACKLOG, EventStatus.COMPLETED);
    Eventually.holds("there is room", () -> ingestOne("one-more") instanceof IngestResult.Accepted);
  }

  private IngestResult ingestOne(String id) {
    return node.application.useCases().intake().ingest(List.of(draft(id))).getFirst();
  }

  @Test
  void backlogFoundAtTheStart_isCounted() {
    node = Node.with(held, 1);
    node.storage.events().append(Events.many(Node.MAX_BACKLOG));
    node.application.start();

    assertThat(ingestOne("one-more")).isInstanceOf(IngestResult.Refused.class);
  }

  @Test
  void backlogOfOtherNodes_isLearntWithinASecond() {
    node.application.upkeep().tick();
    node.application.upkeep().keepUp();
    node.storage.events().append(Events.many(Node.MAX_BACKLOG));
    assertThat(ingestOne("early")).isInstanceOf(IngestResult.Accepted.class);

    node.pass(Duration.ofSeconds(1));

    assertThat(ingestOne("late")).isInstanceOf(IngestResult.Refused.class);
  }

  @Test
  void fullness_followsTheBacklog() {
    node.ingest(Node.MAX_BACKLOG / 2);

    assertThat(node.application.load().backlogFullness()).isEqualTo(0.5);
  }

  @Test
  void cancelledDeliveries_makeRoom() {
    node.ingest(Node.MAX_BACKLOG);
    node.application.useCases().control().cancel(new EventId("e-7"), Set.of());

    assertThat(ingestOne("one-more")).isInstanceOf(IngestResult.Accepted.class);
    assertThat(ingestOne("two-more")).isInstanceOf(IngestResult.Refused.class);
  }

  @Test
  void tick_breaksOverdueAttemptsOff() {
    node = Node.with(held, 1).startedWith(1);
    Eventually.holds("the handler runs", () -> held.begun() == 1);
    node.pass(Node.TIMEOUT);

    Eventually.holds("it was interrupted", () -> held.interruptions() == 1);
  }

  @Test
  void tick_purgesOldEvents() {
    node.startedWith(1).await("e-1", EventStatus.COMPLETED);
    node.pass(Node.RETENTION.plusSeconds(1));

    assertThat(node.application.useCases().browse().find(new EventId("e-1"))).isEmpty();
  }

  @Test
  void tick_survivesAStorageThatIsAway() {
    node.application.start();
    node.store.hooks().before(Call.COUNTS, Outage.forGood());
    node.store.hooks().before(Call.PURGE, Outage.forGood());

    assertThatCode(() -> node.pass(Duration.ofSeconds(20))).doesNotThrowAnyException();
    node.store.hooks().before(Call.COUNTS, Outage.ofCalls(0));
  }

  @Test
  void runningNode_isReady() {
    node.application.start();

    assertThat(node.application.reasonsNotReady()).isEmpty();
  }

  @Test
  void nodeThatHasNotStarted_isNotReady() {
    assertThat(node.application.reasonsNotReady()).containsExactly("workers are not running");
  }

  @Test
  void storageThatDoesNotAnswer_isAReasonNotToBeReady() {
    node.application.start();
    node.store.hooks().before(Call.COUNTS, Outage.ofCalls(1));

    assertThat(node.application.reasonsNotReady()).containsExactly("storage does not answer");
    node.storage.clock().advance(Duration.ofMillis(500));
    assertThat(node.application.reasonsNotReady()).isEmpty();
  }

  @Test
  void fullDisk_isAReasonNotToBeReadyUntilThereIsRoom() {
    node.application.start();

    node.store.setDisk(new DiskReport(true, OptionalLong.empty()));
    assertThat(node.application.reasonsNotReady()).containsExactly("storage is full");

    node.store.setDisk(new DiskReport(false, OptionalLong.empty()));
    assertThat(node.application.reasonsNotReady()).isEmpty();
  }

  @Test
  void nodeThatRefusesEvents_saysThatItDrains() {
    node.application.start();
    node.application.refuseNewEvents();

    assertThat(node.application.reasonsNotReady()).containsExactly("draining");
    assertThat(ingestOne("late"))
        .isEqualTo(new IngestResult.Refused(IngestResult.Reason.DRAINING, Duration.ofSeconds(5)));
  }

  @Test
  void slots_areShown() {
    node = Node.with(held, 3).startedWith(2);
    node.awaitInFlight(2);

    assertThat(node.application.load().slots()).isEqualTo(3);
    assertThat(node.application.useCases().browse().durability()).isEqualTo(Durability.MEMORY);
  }

  @ParameterizedTest
  @CsvSource({
    "0,PT1H,PT1H",
    "-1,PT1H,PT1H",
    "1,PT0S,PT1H",
    "1,PT-1S,PT1H",
    "1,PT1H,PT0S",
    "1,PT1H,PT-1S"
  })
  void impossibleSettings_areRefused(long maxBacklog, Duration retention, Duration activity) {
    var work =
        WorkSettings.of(new WorkerId("here"), 1, Duration.ofSeconds(30), Duration.ofSeconds(1));

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ApplicationSettings(
                    "test", NodeRole.ALL, work, Samples.AT_ONCE, maxBacklog, retention, activity));
  }

  @ParameterizedTest
  @CsvSource({"0,PT1S,PT1S,PT1S", "1,PT0S,PT1S,PT1S", "1,PT1S,PT0S,PT1S", "1,PT1S,PT1S,PT0S"})
  void impossibleWorkSettings_areRefused(
      int slots, Duration lease, Duration timeout, Duration sweep) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WorkSettings(new WorkerId("here"), slots, lease, timeout, sweep));
  }
}
