package dev.sluice.contract;

import static dev.sluice.contract.BulkPlans.deadLetters;
import static dev.sluice.contract.BulkPlans.plan;
import static dev.sluice.contract.BulkPlans.run;
import static dev.sluice.contract.BulkPlans.started;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.ReplayScope;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.lane.LanePlace;
import dev.sluice.domain.port.AttemptRange;
import dev.sluice.domain.port.BulkAction;
import dev.sluice.domain.port.BulkJob;
import dev.sluice.domain.port.BulkJobs;
import dev.sluice.domain.port.BulkPlan;
import dev.sluice.domain.port.BulkStep;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.EventFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// The promises of [BulkJobs].
public interface BulkJobsContract {

  /// Returns a new, empty storage.
  StorageFixture newStorage();

  @Test
  default void plan_isKeptAsItWasMade() {
    StorageFixture fixture = newStorage();
    EventFilter filter =
        EventFilter.ALL
            .withStatuses(Set.of(EventStatus.FAILED))
            .withTypes(Set.of(new EventType("a=b"), new EventType("c")))
            .withKeys(Set.of("k 1"))
            .withAttempts(new AttemptRange(1, 3))
            .occurredBetween(Instant.EPOCH, fixture.now())
            .withText("\"x\": \"ä=1\"");

    BulkPlan plan = plan(fixture, BulkAction.REPLAY, filter, 7);

    assertThat(fixture.storage().bulk().find(plan.id())).contains(BulkJob.of(plan));
    assertThat(fixture.storage().bulk().findByToken(plan.token())).contains(BulkJob.of(plan));
    assertThat(fixture.storage().bulk().findByToken("other")).isEmpty();
    assertThat(fixture.storage().bulk().started(10)).isEmpty();
  }

  @Test
  default void start_succeedsOnce() throws Exception {
    StorageFixture fixture = newStorage();
    BulkPlan plan = plan(fixture, BulkAction.REPLAY, EventFilter.ALL, 0);
    Callable<Boolean> start = () -> fixture.storage().bulk().start(plan.id(), "bob", 12.5);

    var results = new ArrayList<Boolean>();
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (Future<Boolean> result : threads.invokeAll(List.of(start, start, start, start))) {
        results.add(result.get());
      }
    }

    assertThat(results).containsExactlyInAnyOrder(true, false, false, false);
    BulkJob job = fixture.storage().bulk().find(plan.id()).orElseThrow();
    assertThat(job.state()).isEqualTo(BulkJob.State.RUNNING);
    assertThat(job.startedBy()).isEqualTo("bob");
    assertThat(job.ratePerSecond()).isEqualTo(12.5);
    assertThat(job.startedAt()).contains(fixture.now());
    assertThat(fixture.storage().bulk().running()).containsExactly(job);
  }

  @Test
  default void plannedJob_doesNothing() {
    StorageFixture fixture = newStorage();
    deadLetters(fixture, 1);
    BulkPlan plan = plan(fixture, BulkAction.REPLAY, EventFilter.ALL, 1);

    assertThat(fixture.storage().bulk().step(plan.id(), 10)).isEmpty();
    assertThat(fixture.storage().bulk().stop(plan.id())).isFalse();
    assertThat(fixture.status("dead-1")).isEqualTo(EventStatus.FAILED);
  }

  @Test
  default void replay_goesStepByStepToItsEnd() {
    StorageFixture fixture = newStorage();
    deadLetters(fixture, 5);
    fixture.complete("done");
    BulkPlan plan = started(fixture, BulkAction.REPLAY, EventFilter.ALL, 5);

    BulkStep first = fixture.storage().bulk().step(plan.id(), 2).orElseThrow();

    assertThat(first.changed())
        .extracting(event -> event.id().value())
        .containsExactly("dead-5", "dead-4");
    assertThat(first.job().done()).isEqualTo(2);
    assertThat(first.job().state()).isEqualTo(BulkJob.State.RUNNING);
    BulkJob over = run(fixture, plan, 2);
    assertThat(over.state()).isEqualTo(BulkJob.State.FINISHED);
    assertThat(over.done()).isEqualTo(5);
    assertThat(over.skipped()).isZero();
    assertThat(over.endedAt()).contains(fixture.now());
    assertThat(fixture.events().counts().of(EventStatus.RECEIVED)).isEqualTo(5);
    assertThat(fixture.status("done")).isEqualTo(EventStatus.COMPLETED);
  }

  @Test
  default void whatChangedSincePlanned_isSkippedAndCounted() {
    StorageFixture fixture = newStorage();
    deadLetters(fixture, 4);
    BulkPlan plan = started(fixture, BulkAction.REPLAY, EventFilter.ALL, 4);
    fixture.clock().advance(Duration.ofSeconds(1));
    fixture.control().replay(new EventId("dead-1"), new ReplayScope.Failed(), LanePlace.TAIL);
    fixture.settle(fixture.claimOne(), new Resolution.DeadLetter(StorageFixture.CAUSE));
    fixture.control().replay(new EventId("dead-2"), new ReplayScope.Failed(), LanePlace.TAIL);

    BulkJob over = run(fixture, plan, 10);

    assertThat(over.done()).isEqualTo(2);
    assertThat(over.skipped()).isEqualTo(2);
    assertThat(fixture.status("dead-1")).isEqualTo(EventStatus.FAILED);
    assertThat(fixture.status("dead-3")).isEqualTo(EventStatus.RECEIVED);
  }

  @Test
  default void whatDiedAfterThePlan_isNotOfIt() {
    StorageFixture fixture = newStorage();
    deadLetters(fixture, 1);
    BulkPlan plan = started(fixture, BulkAction.REPLAY, EventFilter.ALL, 1);
    fixture.clock().advance(Duration.ofSeconds(1));
    fixture.deadLetter(Events.event("late"));

    assertThat(run(fixture, plan, 10).done()).isEqualTo(1);
    assertThat(fixture.status("late")).isEqualTo(EventStatus.FAILED);
  }

  @Test
  default void job_goesNoFurtherThanItsPlan() {
    StorageFixture fixture = newStorage();
    deadLetters(fixture, 5);
    EventFilter dead = EventFilter.ALL.withStatuses(Set.of(EventStatus.FAILED));
    Cursor to = fixture.events().count(dead, Cursor.START, 3).next();
    BulkPlan plan = plan(fixture, BulkAction.REPLAY, EventFilter.ALL, to, 3);
    fixture.storage().bulk().start(plan.id(), "bob", 0);
    fixture.control().replay(new EventId("dead-5"), new ReplayScope.Failed(), LanePlace.TAIL);

    BulkJob over = run(fixture, plan, 2);

    assertThat(over.done()).isEqualTo(2);
    assertThat(over.skipped()).isEqualTo(1);
    assertThat(fixture.status("dead-3")).isEqualTo(EventStatus.RECEIVED);
    assertThat(fixture.status("dead-2")).isEqualTo(EventStatus.FAILED);
  }

  @Test
  default void stoppedJob_doesNothingMore() {
    StorageFixture fixture = newStorage();
    deadLetters(fixture, 3);
    BulkPlan plan = started(fixture, BulkAction.REPLAY, EventFilter.ALL, 3);
    fixture.storage().bulk().step(plan.id(), 1);

    assertThat(fixture.storage().bulk().stop(plan.id())).isTrue();

    assertThat(fixture.storage().bulk().stop(plan.id())).isFalse();
    assertThat(fixture.storage().bulk().step(plan.id(), 10)).isEmpty();
    BulkJob job = fixture.storage().bulk().find(plan.id()).orElseThrow();
    assertThat(job.state()).isEqualTo(BulkJob.State.STOPPED);
    assertThat(job.done()).isEqualTo(1);
    assertThat(fixture.events().counts().of(EventStatus.FAILED)).isEqualTo(2);
  }

  @Test
  default void startedJobs_areNewestFirst() {
    StorageFixture fixture = newStorage();
    started(fixture, BulkAction.REPLAY, EventFilter.ALL, 0);
    fixture.clock().advance(Duration.ofSeconds(1));
    started(fixture, BulkAction.CANCEL, EventFilter.ALL, 0);

    assertThat(fixture.storage().bulk().started(10))
        .extracting(job -> job.plan().id())
        .containsExactly("job-2", "job-1");
    assertThat(fixture.storage().bulk().started(1)).hasSize(1);
  }

  @Test
  default void purge_forgetsOldPlansAndJobsThatAreOver() {
    StorageFixture fixture = newStorage();
    BulkJobs jobs = fixture.storage().bulk();
    BulkPlan over = started(fixture, BulkAction.REPLAY, EventFilter.ALL, 0);
    run(fixture, over, 10);
    BulkPlan running = started(fixture, BulkAction.CANCEL, EventFilter.ALL, 0);
    BulkPlan planned = plan(fixture, BulkAction.DISCARD, EventFilter.ALL, 0);

    jobs.purge(fixture.now(), fixture.now());
    assertThat(jobs.find(over.id())).isPresent();
    assertThat(jobs.find(planned.id())).isPresent();

    jobs.purge(fixture.now().plusSeconds(1), fixture.now().plusSeconds(1));
    assertThat(jobs.find(over.id())).isEmpty();
    assertThat(jobs.find(planned.id())).isEmpty();
    assertThat(jobs.find(running.id())).isPresent();
  }

  /// Any number of threads may run the steps of a job: the action is applied to each event once.
  @Test
  default void stepsAtOnce_doNothingTwice() throws Exception {
    StorageFixture fixture = newStorage();
    deadLetters(fixture, 60);
    BulkPlan plan = started(fixture, BulkAction.REPLAY, EventFilter.ALL, 60);
    BulkJobs jobs = fixture.storage().bulk();
    Callable<Integer> steps =
        () -> {
          int changed = 0;
          for (int step = 0; step < 5_000; step++) {
            changed += jobs.step(plan.id(), 3).map(one -> one.changed().size()).orElse(0);
            if (jobs.running().isEmpty()) {
              break;
            }
          }
          return changed;
        };

    int changed = 0;
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (Future<Integer> result : threads.invokeAll(List.of(steps, steps, steps, steps))) {
        changed += result.get();
      }
    }

    assertThat(changed).isEqualTo(60);
    assertThat(jobs.find(plan.id()).orElseThrow().done()).isEqualTo(60);
    assertThat(fixture.events().counts().of(EventStatus.RECEIVED)).isEqualTo(60);
  }
}
