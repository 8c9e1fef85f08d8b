package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.event.Event;
import dev.sluice.domain.port.BackfillChoice;
import dev.sluice.domain.port.BulkAction;
import dev.sluice.domain.port.BulkJob;
import dev.sluice.domain.port.BulkJobs;
import dev.sluice.domain.port.BulkPlan;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.subscription.Backfill;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.TypePattern;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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

  /// Adds a delivery in a subscription to each of these events, which have none in it.
  static void backfill(StorageFixture fixture, SubscriptionName subscription, String... ids) {
    BulkJobs jobs = fixture.storage().bulk();
    int number = jobs.started(1_000).size() + 1;
    var plan =
        new BulkPlan(
            "job-" + number,
            "token-" + number,
            BulkAction.BACKFILL,
            EventFilter.ALL,
            Optional.of(
                new Backfill(
                    subscription, List.of(TypePattern.ANY), Optional.empty(), Optional.empty())),
            fixture.events().newest(),
            Cursor.END,
            ids.length,
            jobs.now(),
            "ann");
    jobs.plan(plan);
    assertThat(jobs.start(plan.id(), "ann", 0)).isTrue();
    List<Event> events = Stream.of(ids).map(id -> fixture.record(id).summary().event()).toList();
    BulkJob job = jobs.find(plan.id()).orElseThrow();
    var choice = new BackfillChoice(events, Optional.of(Cursor.END));
    assertThat(jobs.backfill(job, choice).orElseThrow().changed()).hasSize(ids.length);
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
