package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.port.BulkAction;
import dev.sluice.domain.port.BulkJob;
import dev.sluice.domain.port.BulkJobs;
import dev.sluice.domain.port.BulkPlan;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.EventFilter;
import java.time.Duration;
import java.util.Optional;

/// Creates bulk jobs for tests, and runs their steps.
final class BulkPlans {

  private BulkPlans() {}

  static BulkPlan plan(
      StorageFixture fixture, BulkAction action, EventFilter filter, long qualifying) {
    return plan(fixture, action, filter, Cursor.END, qualifying);
  }

  static BulkPlan plan(
      StorageFixture fixture, BulkAction action, EventFilter filter, Cursor to, long qualifying) {
    BulkJobs jobs = fixture.storage().bulk();
    var plan =
        new BulkPlan(
            "job-" + (jobs.started(1_000).size() + 1),
            "token-" + (jobs.started(1_000).size() + 1),
            action,
            action.qualifying(filter).orElseThrow(),
            Optional.empty(),
            fixture.events().newest(),
            to,
            qualifying,
            jobs.now(),
            "ann");
    jobs.plan(plan);
    return plan;
  }

  static BulkPlan started(
      StorageFixture fixture, BulkAction action, EventFilter filter, long qualifying) {
    BulkPlan plan = plan(fixture, action, filter, qualifying);
    assertThat(fixture.storage().bulk().start(plan.id(), "bob", 0)).isTrue();
    return plan;
  }

  /// Runs all steps, each of at most `max` events.
  static BulkJob run(StorageFixture fixture, BulkPlan plan, int max) {
    BulkJobs jobs = fixture.storage().bulk();
    for (int step = 0; step < 1_000; step++) {
      if (jobs.step(plan.id(), max).isEmpty()) {
        return jobs.find(plan.id()).orElseThrow();
      }
    }
    throw new AssertionError("the job does not end: " + jobs.find(plan.id()));
  }

  static void deadLetters(StorageFixture fixture, int count) {
    for (int number = 1; number <= count; number++) {
      fixture.deadLetter(Events.event("dead-" + number));
    }
    fixture.clock().advance(Duration.ofSeconds(1));
  }
}
