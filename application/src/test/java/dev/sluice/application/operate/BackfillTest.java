package dev.sluice.application.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.memory.MemoryAdapter;
import dev.sluice.adapter.memory.MemorySettings;
import dev.sluice.application.fixture.PlainFilters;
import dev.sluice.application.operate.BulkOperations.Planned;
import dev.sluice.application.operate.BulkOperations.Started;
import dev.sluice.contract.Events;
import dev.sluice.contract.RecordingListener;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Transition;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.port.BulkJob;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.subscription.DeliveryPolicy;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.EventPattern;
import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.TypePattern;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// Back-fills over a memory storage: what is planned, and what the job does.
final class BackfillTest {

  private static final Duration TICK = Duration.ofMillis(50);
  private static final SubscriptionName MAIL = new SubscriptionName("mail");

  private final SettableClock clock = new SettableClock();
  private final StorageFixture storage =
      new StorageFixture(
          MemoryAdapter.storage(new MemorySettings(100_000, 1L << 30), clock), clock);
  private final RecordingListener news = new RecordingListener();
  private final AtomicBoolean hasRoom = new AtomicBoolean(true);
  private final List<BulkJob> ended = new ArrayList<>();
  private Optional<Subscription> mail = Optional.of(subscription("order.*", "country=DE"));
  private final BulkPace pace = new BulkPace(() -> 0, () -> 0);
  private final BulkPlanner jobs =
      new BulkPlanner(storage.storage(), pace, new SplittableRandom(1));
  private final BackfillPlanner planner =
      new BackfillPlanner(storage.storage(), pace, PlainFilters.FORMAT, new SplittableRandom(2));
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
              new BackfillSteps(storage.storage(), PlainFilters.FORMAT, _ -> mail)));

  private static Subscription subscription(String type, String filter) {
    return Subscription.builtIn(
        new SubscriptionDefinition(
            "",
            List.of(new TypePattern(type)),
            Optional.of(new EventPattern("payload." + filter)),
            new Destination.Demo(),
            DeliveryPolicy.DEFAULT));
  }

  private void store(String id, String type, String country, SubscriptionName... subscriptions) {
    Event event = Events.withPayload(Events.event(id, type, clock.instant()), "country=" + country);
    storage.events().append(List.of(new NewEvent(event, List.of(subscriptions))));
  }

  private void unrouted(int count) {
    for (int number = 1; number <= count; number++) {
      store("e-" + number, "order.paid", "DE");
    }
  }

  private Planned plan(Instant since, Instant until, Optional<EventPattern> filter) {
    Subscription planned =
        new Subscription(
            MAIL,
            1,
            mail.orElseThrow().definition(),
            Lifecycle.ACTIVE,
            Subscription.Origin.API,
            "ann",
            clock.instant());
    return planner.plan(planned, new BackfillOperations.Request(since, until, filter), "ann");
  }

  private Planned plan() {
    return plan(Instant.MIN, Instant.MAX, Optional.empty());
  }

  private BulkJob run(Planned planned, double rate, Duration time) {
    assertThat(jobs.start(planned.plan().token(), rate, "bob")).isInstanceOf(Started.Running.class);
    return pass(planned, time);
  }

  private BulkJob pass(Planned planned, Duration time) {
    for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(TICK)) {
      clock.advance(TICK);
      runner.run();
    }
    return jobs.find(planned.plan().id()).orElseThrow();
  }

  @Test
  void plan_countsWhatMatchesAndWhatLacksADelivery() {
    store("unrouted", "order.paid", "DE");
    store("has", "order.paid", "DE", MAIL);
    store("other", "order.paid", "DE", new SubscriptionName("other"));
    store("country", "order.paid", "FR");
    store("type", "invoice.paid", "DE");

    Planned planned = plan();

    assertThat(planned.matching()).isEqualTo(3);
    assertThat(planned.plan().qualifying()).isEqualTo(2);
    assertThat(planned.sample())
        .extracting(one -> one.event().id().value())
        .containsExactly("other", "unrouted");
    assertThat(storage.status("unrouted")).isEqualTo(EventStatus.UNROUTED);
  }

  @Test
  void time_isThatOfTheEvents() {
    store("before", "order.paid", "DE");
    clock.advance(Duration.ofHours(1));
    Instant since = clock.instant();
    store("in", "order.paid", "DE");
    clock.advance(Duration.ofHours(1));
    store("after", "order.paid", "DE");

    Planned planned = plan(since, since, Optional.empty());

    assertThat(planned.plan().qualifying()).isEqualTo(1);
    assertThat(run(planned, 0, Duration.ofSeconds(2)).done()).isEqualTo(1);
    assertThat(storage.status("in")).isEqualTo(EventStatus.RECEIVED);
    assertThat(storage.status("before")).isEqualTo(EventStatus.UNROUTED);
    assertThat(storage.status("after")).isEqualTo(EventStatus.UNROUTED);
  }

  @Test
  void job_deliversWhatWasPlannedAndTellsIt() {
    unrouted(1_200);
    store("other", "order.paid", "FR");
    Planned planned = plan();
    store("later", "order.paid", "DE");

    BulkJob over = run(planned, 0, Duration.ofSeconds(5));

    assertThat(over.state()).isEqualTo(BulkJob.State.FINISHED);
    assertThat(over.done()).isEqualTo(1_200);
    assertThat(over.skipped()).isZero();
    assertThat(ended).containsExactly(over);
    assertThat(storage.events().counts().of(EventStatus.RECEIVED)).isEqualTo(1_200);
    assertThat(storage.events().counts().of(EventStatus.UNROUTED)).isEqualTo(2);
    assertThat(news.all(Transition.Backfilled.class))
        .hasSize(1_200)
        .allSatisfy(one -> assertThat(one.subscription()).isEqualTo(MAIL));
    assertThat(plan().plan().qualifying()).isEqualTo(1);
  }

  /// A page of the list has more matches than the rate allows.
  @Test
  void rate_limitsDeliveriesPerSecond() {
    unrouted(100);

    BulkJob job = run(plan(), 10, Duration.ofSeconds(5));

    assertThat(job.state()).isEqualTo(BulkJob.State.RUNNING);
    assertThat(job.done()).isBetween(40L, 60L);
    assertThat(storage.events().counts().of(EventStatus.RECEIVED)).isEqualTo(job.done());
  }

  /// Events that do not match cost no rate.
  @Test
  void fewMatches_areFoundAtAnyRate() {
    for (int number = 1; number <= 5_000; number++) {
      store("e-" + number, "order.paid", number == 1 ? "DE" : "FR");
    }

    BulkJob job = run(plan(), 1, Duration.ofSeconds(3));

    assertThat(job.done()).isEqualTo(1);
    assertThat(job.state()).isEqualTo(BulkJob.State.FINISHED);
  }

  @Test
  void furtherFilter_mustMatchToo() {
    mail = Optional.of(subscription("*", "country=DE,FR"));
    store("de", "order.paid", "DE");
    store("fr", "order.paid", "FR");

    Planned planned =
        plan(Instant.MIN, Instant.MAX, Optional.of(new EventPattern("payload.country=FR,AT")));
    run(planned, 0, Duration.ofSeconds(2));

    assertThat(storage.status("de")).isEqualTo(EventStatus.UNROUTED);
    assertThat(storage.status("fr")).isEqualTo(EventStatus.RECEIVED);
  }

  @Test
  void subscriptionThatGotNarrower_getsOnlyWhatItWantsNow() {
    mail = Optional.of(subscription("*", "country=DE,FR"));
    store("de", "order.paid", "DE");
    store("fr", "order.paid", "FR");
    Planned planned = plan();
    mail = Optional.of(subscription("*", "country=FR"));

    BulkJob over = run(planned, 0, Duration.ofSeconds(2));

    assertThat(over.done()).isEqualTo(1);
    assertThat(over.skipped()).isEqualTo(1);
    assertThat(storage.status("de")).isEqualTo(EventStatus.UNROUTED);
  }

  @Test
  void subscriptionThatGotWider_getsWhatWasPlanned() {
    store("de", "order.paid", "DE");
    store("fr", "order.paid", "FR");
    Planned planned = plan();
    mail = Optional.of(subscription("*", "country=DE,FR"));

    assertThat(run(planned, 0, Duration.ofSeconds(2)).done()).isEqualTo(1);
    assertThat(storage.status("fr")).isEqualTo(EventStatus.UNROUTED);
  }

  @Test
  void deletedSubscription_stopsTheJob() {
    unrouted(3);
    Planned planned = plan();
    mail = mail.map(one -> one.with(Lifecycle.FINISHING));

    BulkJob over = run(planned, 0, Duration.ofSeconds(2));

    assertThat(over.state()).isEqualTo(BulkJob.State.STOPPED);
    assertThat(over.done()).isZero();
    assertThat(ended).containsExactly(over);
  }

  @Test
  void fullBacklog_makesItWait() {
    unrouted(3);
    hasRoom.set(false);
    Planned planned = plan();

    assertThat(run(planned, 0, Duration.ofSeconds(2)).done()).isZero();
    hasRoom.set(true);
    assertThat(pass(planned, Duration.ofSeconds(2)).done()).isEqualTo(3);
  }
}
