package dev.sluice.application.intake;

import static dev.sluice.application.fixture.Samples.draft;
import static dev.sluice.application.fixture.Samples.drafts;
import static dev.sluice.application.intake.IntakeFixture.MAX_BACKLOG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.fixture.HookedStore.Call;
import dev.sluice.application.fixture.Outage;
import dev.sluice.application.intake.IngestResult.Incomparable;
import dev.sluice.application.intake.IngestResult.Reason;
import dev.sluice.application.intake.IngestResult.Refused;
import dev.sluice.domain.port.DamagedEventException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What it costs to recognize a repeated id, and what happens when that is not possible.
final class ContentComparisonTest {

  private static final Refused BACKLOG_FULL =
      new Refused(Reason.BACKLOG_FULL, Duration.ofSeconds(1));

  private final IntakeFixture fixture = IntakeFixture.standard();

  @Test
  void sameIdManyTimesInABatch_readsTheStoredEventOnce() {
    fixture.ingest(draft("e-1"));

    List<String> kinds = fixture.kindsOf(Collections.nCopies(50, draft("e-1")));

    assertThat(kinds).containsOnly("Duplicate");
    assertThat(fixture.store.hooks().calls(Call.FIND)).isEqualTo(1);
  }

  @Test
  void idThatCameTwiceBefore_readsTheStoredEventNoMore() {
    fixture.ingest(draft("e-1"));
    fixture.ingest(draft("e-1"));

    assertThat(fixture.kindsOf(List.of(draft("e-1"), draft("e-1", "other"))))
        .containsExactly("Duplicate", "Conflict");
    assertThat(fixture.store.hooks().calls(Call.FIND)).isEqualTo(1);
  }

  @Test
  void digestThatIsStoredOnAppend_neverReadsTheStoredEvent() {
    fixture.store.storesDigests(true);
    var intake = fixture.anotherIntake();
    intake.ingest(List.of(draft("e-1")));

    assertThat(intake.ingest(List.of(draft("e-1"))).getFirst())
        .isInstanceOf(IngestResult.Duplicate.class);
    assertThat(fixture.store.hooks().calls(Call.FIND)).isZero();
  }

  @Test
  void damagedEvent_decidesForItsOwnElementAlone() {
    fixture.ingest(draft("e-1"));
    fixture.store.hooks().before(Call.FIND, ContentComparisonTest::damaged);

    List<IngestResult> results =
        fixture.intake.ingest(List.of(draft("new"), draft("e-1"), draft("newer")));

    assertThat(results.get(1)).isEqualTo(new Incomparable(fixture.existing("e-1")));
    assertThat(List.of(results.getFirst(), results.getLast()))
        .hasOnlyElementsOfType(IngestResult.Accepted.class);
  }

  @Test
  void storeThatFailsToRead_decidesForThatElementAlone() {
    fixture.intake.ingest(drafts(2));
    fixture.store.hooks().before(Call.FIND, Outage.forGood());

    assertThat(fixture.kindsOf(List.of(draft("new"), draft("e-1"), draft("e-2"))))
        .containsExactly("Accepted", "Refused", "Refused");
    assertThat(fixture.store.hooks().calls(Call.FIND)).isEqualTo(1);
  }

  private static void damaged() {
    throw new DamagedEventException("event e-1 is damaged");
  }

  @Test
  void fullBacklog_looksOncePerBatch() {
    fixture.intake.ingest(drafts(MAX_BACKLOG));

    assertThat(fixture.kindsOf(drafts(MAX_BACKLOG))).containsOnly("Duplicate");
    assertThat(fixture.store.hooks().calls(Call.EXISTING)).isEqualTo(1);
  }

  @Test
  void fullBacklogWithAStoreThatDoesNotAnswer_refuses() {
    fixture.intake.ingest(drafts(MAX_BACKLOG));
    fixture.store.hooks().before(Call.EXISTING, Outage.forGood());

    assertThat(fixture.intake.ingest(drafts(3))).hasSize(3).containsOnly(BACKLOG_FULL);
  }

  @Test
  void fullBacklogWhileOthersLook_refusesAtOnce() throws Exception {
    fixture.intake.ingest(drafts(MAX_BACKLOG));
    var looking = new CountDownLatch(2);
    var answered = new CountDownLatch(1);
    fixture.store.hooks().before(Call.EXISTING, () -> hold(looking, answered));
    Thread one = Thread.ofVirtual().start(() -> fixture.ingest(draft("e-1")));
    Thread two = Thread.ofVirtual().start(() -> fixture.ingest(draft("e-2")));
    assertThat(looking.await(30, TimeUnit.SECONDS)).isTrue();

    assertThat(fixture.ingest(draft("e-3"))).isEqualTo(BACKLOG_FULL);

    answered.countDown();
    one.join();
    two.join();
    assertThat(fixture.ingest(draft("e-3"))).isInstanceOf(IngestResult.Duplicate.class);
  }

  private static void hold(CountDownLatch looking, CountDownLatch answered) {
    looking.countDown();
    try {
      assertThat(answered.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}
