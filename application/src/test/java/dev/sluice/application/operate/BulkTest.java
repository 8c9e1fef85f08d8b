package dev.sluice.application.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.sluice.adapter.memory.MemoryAdapter;
import dev.sluice.adapter.memory.MemorySettings;
import dev.sluice.application.fixture.PlainFilters;
import dev.sluice.application.operate.BulkOperations.Planned;
import dev.sluice.application.operate.BulkOperations.Started;
import dev.sluice.application.operate.BulkOperations.Stopped;
import dev.sluice.contract.Events;
import dev.sluice.contract.RecordingListener;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Transition;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.port.BulkAction;
import dev.sluice.domain.port.BulkJob;
import dev.sluice.domain.port.EventFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// Bulk jobs over a memory storage: planning, start, rate and end.
final class BulkTest {

  private static final Duration TICK = Duration.ofMillis(50);

  private final SettableClock clock = new SettableClock();
  private final StorageFixture storage =
      new StorageFixture(
          MemoryAdapter.storage(new MemorySettings(100_000, 1L << 30), clock), clock);
  private final RecordingListener news = new RecordingListener();
  private final AtomicBoolean hasRoom = new AtomicBoolean(true);
  private final List<BulkJob> ended = new ArrayList<>();
  private double drainPerSecond;
  private long backlog;
  private final BulkPace pace = new BulkPace(() -> drainPerSecond, () -> backlog);
  private final BulkPlanner planner =
      new BulkPlanner(storage.storage(), pace, new SplittableRandom(1));
  private final BulkRunner runner =
      new BulkRunner(
          storage.storage().bulk(),
          pace,
          news,
          ended::add,
          new BulkRunner.Dependencies(
              clock,
              Duration.ofDays(1),
              hasRoom::get,
              new BackfillSteps(storage.storage(), PlainFilters.FORMAT, _ -> Optional.empty())));

  private void deadLetters(int count) {
    for (int number = 1; number <= count; number++) {
      storage.deadLetter(Events.event("e-" + number));
    }
    clock.advance(TICK);
  }

  private Planned plan(BulkAction action) {
    return planner.plan(action, EventFilter.ALL, Long.MAX_VALUE, "ann");
  }

  private BulkJob start(Planned planned, double rate) {
    Started started = planner.start(planned.plan().token(), rate, "bob");
    assertThat(started).isInstanceOf(Started.Running.class);
    return ((Started.Running) started).job();
  }

  private BulkJob job(Planned planned) {
    return planner.find(planned.plan().id()).orElseThrow();
  }

  private void pass(Duration time) {
    for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(TICK)) {
      clock.advance(TICK);
      runner.run();
    }
  }

  @Test
  void plan_saysWhatWouldBeDone() {
    deadLetters(7);
    storage.complete("done");

    Planned planned = plan(BulkAction.REPLAY);

    assertThat(planned.matching()).isEqualTo(8);
    assertThat(planned.plan().qualifying()).isEqualTo(7);
    assertThat(planned.sample())
        .extracting(event -> event.event().id().value())
        .containsExactly("e-7", "e-6", "e-5", "e-4", "e-3");
    assertThat(planned.estimate()).isEqualTo(Duration.ofSeconds(1));
    assertThat(planner.list(10)).isEmpty();
    assertThat(storage.events().counts().of(EventStatus.FAILED)).isEqualTo(7);
  }

  @Test
  void planForAType_countsItsEvents() {
    deadLetters(3);
    storage.deadLetter(Events.event("other", "order.sent", clock.instant()));
    var sent = EventFilter.ALL.withTypes(Set.of(new EventType("order.sent")));

    Planned planned = planner.plan(BulkAction.DISCARD, sent, Long.MAX_VALUE, "ann");

    assertThat(planned.matching()).isEqualTo(1);
    assertThat(planned.plan().qualifying()).isEqualTo(1);
  }

  @Test
  void planThatNothingQualifiesFor_isEmpty() {
    storage.complete("done");
    EventFilter completed = EventFilter.ALL.withStatuses(Set.of(EventStatus.COMPLETED));

    Planned planned = planner.plan(BulkAction.CANCEL, completed, Long.MAX_VALUE, "ann");

    assertThat(planned.matching()).isEqualTo(1);
    assertThat(planned.plan().qualifying()).isZero();
    start(planned, 0);
    pass(TICK);
    assertThat(storage.status("done")).isEqualTo(EventStatus.COMPLETED);
  }

  @Test
  void limitedPlan_takesTheNewest() {
    deadLetters(5);
    Planned planned = planner.plan(BulkAction.REPLAY, EventFilter.ALL, 2, "ann");
    start(planned, 0);

    pass(Duration.ofSeconds(1));

    assertThat(job(planned).done()).isEqualTo(2);
    assertThat(storage.status("e-4")).isEqualTo(EventStatus.RECEIVED);
    assertThat(storage.status("e-3")).isEqualTo(EventStatus.FAILED);
  }

  @Test
  void startedJob_runsToItsEndAndIsAnnounced() {
    deadLetters(1_203);
    Planned planned = plan(BulkAction.REPLAY);
    start(planned, 0);

    pass(Duration.ofSeconds(2));

    assertThat(job(planned).state()).isEqualTo(BulkJob.State.FINISHED);
    assertThat(job(planned).done()).isEqualTo(1_203);
    assertThat(ended).containsExactly(job(planned));
    assertThat(news.all(Transition.Replayed.class))
        .hasSize(1_203)
        .extracting(Transition.Replayed::event)
        .doesNotHaveDuplicates();
  }

  @Test
  void secondStart_isToldOfTheFirst() {
    Planned planned = plan(BulkAction.REPLAY);
    BulkJob first = start(planned, 0);

    assertThat(planner.start(planned.plan().token(), 0, "cid"))
        .asInstanceOf(type(Started.Before.class))
        .isEqualTo(new Started.Before(first));
    assertThat(planner.start("plan_of_another", 0, "cid")).isEqualTo(new Started.Unknown());
  }

  @Test
  void oldPlan_isForgotten() {
    Planned planned = plan(BulkAction.REPLAY);

    pass(Duration.ofMinutes(17));

    assertThat(planner.start(planned.plan().token(), 0, "bob")).isEqualTo(new Started.Unknown());
  }

  @Test
  void stop_endsAJobInTheMiddle() {
    deadLetters(1_000);
    Planned planned = plan(BulkAction.DISCARD);
    start(planned, 100);
    pass(Duration.ofSeconds(1));

    assertThat(planner.stop(planned.plan().id())).isInstanceOf(Stopped.Now.class);

    pass(Duration.ofSeconds(1));
    assertThat(job(planned).done()).isBetween(50L, 150L);
    assertThat(planner.stop(planned.plan().id())).isInstanceOf(Stopped.Before.class);
    assertThat(planner.stop("unknown")).isEqualTo(new Stopped.Unknown());
    assertThat(news.all(Transition.Discarded.class)).hasSize((int) job(planned).done());
  }

  @Test
  void rate_isKept() {
    deadLetters(1_000);
    Planned planned = plan(BulkAction.REPLAY);
    start(planned, 40);

    pass(Duration.ofSeconds(5));

    assertThat(job(planned).done()).isBetween(180L, 205L);
  }

  /// A job that ran faster than its new rate does not stop to compensate.
  @Test
  void rateThatFalls_isKeptFromThenOn() {
    deadLetters(20_000);
    drainPerSecond = 100_000;
    Planned planned = plan(BulkAction.REPLAY);
    start(planned, 0);
    pass(Duration.ofSeconds(2));
    long before = job(planned).done();
    drainPerSecond = 0;

    pass(Duration.ofSeconds(1));

    assertThat(before).isBetween(9_000L, 10_100L);
    assertThat(job(planned).done() - before).isBetween(1_600L, 2_100L);
  }

  @Test
  void slowRate_isKeptToo() {
    deadLetters(10);
    Planned planned = plan(BulkAction.REPLAY);
    start(planned, 0.5);

    pass(Duration.ofSeconds(10));

    assertThat(job(planned).done()).isBetween(4L, 5L);
  }

  /// A job does not catch up at once on what it missed while the node was away.
  @Test
  void pause_isNotMadeUpFor() {
    deadLetters(1_000);
    Planned planned = plan(BulkAction.REPLAY);
    start(planned, 10);
    pass(Duration.ofSeconds(1));
    clock.advance(Duration.ofMinutes(10));

    pass(TICK);

    assertThat(job(planned).done()).isLessThan(30);
  }

  @Test
  void byDefault_aTwentiethOfWhatIsWorkedOffIsReplayed() {
    drainPerSecond = 100_000;

    assertThat(pace.perSecond(0)).isEqualTo(5_000);
    assertThat(pace.perSecond(3)).isEqualTo(3);
    drainPerSecond = 0;
    assertThat(pace.perSecond(0)).isEqualTo(1_800);
    backlog = 10_000;
    assertThat(pace.perSecond(0)).isEqualTo(1);
  }

  /// Two plans of the newest two events must not change four.
  @Test
  void samePlanTwice_isDoneOnce() {
    deadLetters(5);
    Planned one = planner.plan(BulkAction.REPLAY, EventFilter.ALL, 2, "ann");
    Planned other = planner.plan(BulkAction.REPLAY, EventFilter.ALL, 2, "bob");
    start(one, 0);
    pass(Duration.ofSeconds(1));
    start(other, 0);

    pass(Duration.ofSeconds(1));

    assertThat(job(other).done()).isZero();
    assertThat(job(other).skipped()).isEqualTo(2);
    assertThat(storage.status("e-3")).isEqualTo(EventStatus.FAILED);
  }

  @Test
  void planAfterItsTime_cannotBeStarted() {
    Planned planned = plan(BulkAction.REPLAY);
    clock.advance(BulkPlanner.PLANS_LAST);

    assertThat(planner.start(planned.plan().token(), 0, "bob")).isEqualTo(new Started.Unknown());
  }

  @Test
  void fullBacklog_holdsReplaysUpAndNothingElse() {
    deadLetters(10);
    hasRoom.set(false);
    Planned replay = plan(BulkAction.REPLAY);
    start(replay, 0);
    pass(Duration.ofSeconds(1));
    assertThat(job(replay).done()).isZero();
    planner.stop(replay.plan().id());

    Planned discard = plan(BulkAction.DISCARD);
    start(discard, 0);
    pass(Duration.ofSeconds(1));
    assertThat(job(discard).done()).isEqualTo(10);
  }

  @Test
  void jobsThatAreOver_areForgottenAfterTheirTime() {
    Planned planned = plan(BulkAction.REPLAY);
    start(planned, 0);
    pass(Duration.ofSeconds(1));
    clock.advance(Duration.ofDays(2));

    pass(TICK);

    assertThat(planner.list(10)).isEmpty();
  }

  @Test
  void cancel_isAnnounced() {
    storage.append("e-1");
    clock.advance(TICK);
    start(plan(BulkAction.CANCEL), 0);

    pass(Duration.ofSeconds(1));

    assertThat(news.all(Transition.Cancelled.class)).hasSize(1);
    assertThat(storage.status("e-1")).isEqualTo(EventStatus.CANCELLED);
  }
}
