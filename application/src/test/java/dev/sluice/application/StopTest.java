package dev.sluice.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.fixture.HeldHandler;
import dev.sluice.application.fixture.HookedStore.Call;
import dev.sluice.application.intake.IngestResult;
import dev.sluice.application.work.DrainReport;
import dev.sluice.contract.Eventually;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.figures.Totals;
import dev.sluice.domain.port.AttemptContext;
import dev.sluice.domain.port.EventHandler;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What a node does with its backlog when it stops.
final class StopTest {

  private static final Duration GRACE = Duration.ofSeconds(30);

  private final HeldHandler held = HeldHandler.obedient();

  private Node atWork(Node node, int events) {
    node.startedWith(events);
    Eventually.holds("handlers run", () -> held.begun() > 0);
    return node;
  }

  @Test
  void memoryStorage_worksItsBacklogOff() throws Exception {
    Node node = atWork(Node.with(held, 2), 20);
    var stop = node.stopping(GRACE);
    held.release();

    assertThat(Node.reportOf(stop).left()).isZero();
    assertThat(node.storage.events().counts().of(EventStatus.COMPLETED)).isEqualTo(20);
    assertThat(held.interruptions()).isZero();
  }

  /// The event `e-1` fails once and is due again at once, but `e-2` holds the only slot until the
  /// stopping node has read its counts twice, or had time enough to do so.
  private static final class RetryBehindAnother implements EventHandler {
    private final CountDownLatch retryWaits = new CountDownLatch(1);
    private final CountDownLatch askedTwice = new CountDownLatch(2);

    @Override
    public Outcome handle(Event event, AttemptContext attempt) throws InterruptedException {
      if (event.id().value().equals("e-1")) {
        return attempt.number() == 1 ? Outcome.failed("Flaky", "once") : Outcome.SUCCEEDED;
      }
      retryWaits.countDown();
      boolean isAsked = askedTwice.await(3, TimeUnit.SECONDS);
      return isAsked ? Outcome.SUCCEEDED : Outcome.failedForGood("NotAsked", "stopped looking");
    }
  }

  /// Deliveries left in memory are lost, so a due retry is processed like any other.
  @Test
  void memoryStorage_worksDueRetriesOffToo() throws Exception {
    var handler = new RetryBehindAnother();
    Node node = Node.with(handler, 1).startedWith(2);
    assertThat(handler.retryWaits.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(node.storage.status("e-1").isFinished()).isFalse();
    node.store.hooks().before(Call.COUNTS, handler.askedTwice::countDown);

    assertThat(node.application.stop(GRACE).left()).isZero();
    assertThat(node.storage.status("e-1")).isEqualTo(EventStatus.COMPLETED);
  }

  @Test
  void memoryStorage_givesUpWhenTheGraceIsOver() throws Exception {
    Node node = atWork(Node.with(held, 1), 3);
    var stop = node.stopping(GRACE);
    node.storage.clock().advance(GRACE);

    StopReport report = Node.reportOf(stop);
    assertThat(report.drain()).isEqualTo(new DrainReport(0, 1, 0));
    assertThat(report.left()).isEqualTo(3);
  }

  @Test
  void durableStorage_leavesItsBacklogForLater() throws Exception {
    Node node = atWork(Node.withDurableStorage(held, 1), 3);

    StopReport report = node.application.stop(Duration.ZERO);
    assertThat(report.drain()).isEqualTo(new DrainReport(0, 1, 0));
    assertThat(report.left()).isEqualTo(3);
    assertThat(node.storage.events().counts().of(EventStatus.RECEIVED)).isEqualTo(3);
  }

  @Test
  void durableStorage_letsRunningAttemptsFinish() throws Exception {
    Node node = atWork(Node.withDurableStorage(held, 1), 3);
    var stop = node.stopping(GRACE);
    held.release();

    StopReport report = Node.reportOf(stop);
    assertThat(report.drain()).isEqualTo(new DrainReport(1, 0, 0));
    assertThat(report.meanwhile().completed()).isEqualTo(1);
    assertThat(report.left()).isEqualTo(2);
  }

  @Test
  void idleNode_stopsAtOnce() throws Exception {
    Node node = Node.with(held, 2).startedWith(0);

    assertThat(node.application.stop(GRACE))
        .isEqualTo(new StopReport(Totals.NONE, new DrainReport(0, 0, 0), 0));
  }

  @Test
  void stoppedNode_refusesEvents() throws Exception {
    Node node = Node.with(held, 2).startedWith(0);
    node.application.stop(GRACE);

    assertThat(node.application.reasonsNotReady()).contains("draining");
    assertThat(node.ingest(1)).hasOnlyElementsOfType(IngestResult.Refused.class);
  }
}
