package dev.sluice.application.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.fixture.HeldHandler;
import dev.sluice.application.fixture.HookedQueue.Call;
import dev.sluice.application.fixture.Outage;
import dev.sluice.application.fixture.Samples;
import dev.sluice.contract.Eventually;
import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.port.AttemptContext;
import dev.sluice.domain.port.EventHandler;
import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.SubscriptionChange;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Attempts that wait for receivers, beside those of this node's handlers.
final class PacedHandlerTest {

  private static final SubscriptionName FAR = new SubscriptionName("far");
  private static final SubscriptionChange[] TWO = {
    Samples.to("near", "*"), Samples.receiving("far", Lifecycle.ACTIVE)
  };
  private static final EventHandler SUCCEEDING = (_, _) -> Outcome.SUCCEEDED;

  private static long processing(Workbench bench) {
    return bench.storage.events().counts().of(EventStatus.PROCESSING);
  }

  private static List<Attempt.End> ends(Workbench bench, String id) {
    return bench.attempts(id).stream().map(Attempt::end).toList();
  }

  @Test
  void hangingReceivers_leaveTheSlotsOfHandlers() {
    var held = HeldHandler.obedient();
    try (Workbench bench = Workbench.with(SUCCEEDING, new PacedFixture(9, 100, held), TWO)) {
      bench.append("far", 0, 50);
      bench.engine.start();
      Eventually.holds("its share hangs", () -> held.begun() == 8);

      bench.append("near", 0, 200);

      bench.await("near-199", EventStatus.COMPLETED);
      assertThat(held.begun()).isEqualTo(8);
      held.release();
      bench.await("far-49", EventStatus.COMPLETED);
    }
  }

  @Test
  void hangingHandlers_leaveTheSlotsOfReceivers() {
    var held = HeldHandler.obedient();
    try (Workbench bench = Workbench.with(held, new PacedFixture(9, 100, SUCCEEDING), TWO)) {
      bench.append("near", 0, 50);
      bench.engine.start();
      Eventually.holds("its share hangs", () -> held.begun() == 1);

      bench.append("far", 0, 200);

      bench.await("far-199", EventStatus.COMPLETED);
      held.release();
      bench.await("near-49", EventStatus.COMPLETED);
    }
  }

  /// Free slots of receivers must not keep the node from noticing that a slot of a handler is free.
  @Test
  void longAttemptsOfHandlers_followEachOtherAtOnce() {
    var benches = new CopyOnWriteArrayList<Workbench>();
    EventHandler computing =
        (_, _) -> {
          benches.getFirst().compute(Duration.ofMillis(100));
          return Outcome.SUCCEEDED;
        };
    try (Workbench bench =
        Workbench.with(
            computing,
            new PacedFixture(100, 100, SUCCEEDING),
            Samples.to("near", "*"),
            Samples.receiving("far", Lifecycle.FINISHING))) {
      benches.add(bench);
      bench.append("near", 0, 100);
      bench.engine.start();

      bench.await("near-99", EventStatus.COMPLETED);
    }
  }

  @Test
  void limit_isNeverExceeded() {
    var paced =
        new PacedFixture(
            64,
            3,
            (_, _) -> {
              LockSupport.parkNanos(100_000);
              return Outcome.SUCCEEDED;
            });
    try (Workbench bench = Workbench.with(SUCCEEDING, paced, TWO)) {
      bench.append("far", 0, 200);
      bench.append("near", 0, 200);
      bench.engine.start();

      Eventually.holds(
          "all are completed",
          () -> bench.storage.events().counts().of(EventStatus.COMPLETED) == 400);
      assertThat(paced.most()).isEqualTo(3);
    }
  }

  @Test
  void growingLimit_isUsedAsAttemptsEnd() {
    var held = HeldHandler.obedient();
    var paced = new PacedFixture(64, 1, held);
    try (Workbench bench = Workbench.with(SUCCEEDING, paced, TWO)) {
      bench.append("far", 0, 20);
      bench.engine.start();
      Eventually.holds("one begins", () -> held.begun() == 1);
      paced.setLimit(10);
      held.release();

      bench.await("far-19", EventStatus.COMPLETED);
      assertThat(paced.most()).isBetween(1, 10);
    }
  }

  @Test
  void limitOfNone_beginsNoneUntilItGrows() {
    var begun = new AtomicInteger();
    EventHandler counting =
        (_, _) -> {
          begun.incrementAndGet();
          return Outcome.SUCCEEDED;
        };
    var paced = new PacedFixture(64, 0, counting);
    try (Workbench bench = Workbench.with(SUCCEEDING, paced, TWO)) {
      bench.append("far", 0, 20);
      bench.engine.start();
      bench.append("near", 0, 20);
      bench.await("near-19", EventStatus.COMPLETED);
      Eventually.holds("it waits", () -> bench.queue.hooks().calls(Call.AWAIT_WORK) > 0);
      int claims = bench.queue.hooks().calls(Call.CLAIM);
      assertThat(begun).hasValue(0);

      long start = System.nanoTime();
      paced.setLimit(8);
      bench.await("far-19", EventStatus.COMPLETED);

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
      assertThat(claims).as("it waits, not in a loop").isLessThan(60);
    }
  }

  @Test
  void attemptThatWasNotMade_isHandedBackUncounted() {
    var contexts = new CopyOnWriteArrayList<AttemptContext>();
    EventHandler handler =
        (_, attempt) -> {
          contexts.add(attempt);
          return contexts.size() < 10 ? new Outcome.NotMade("not now") : Outcome.SUCCEEDED;
        };
    try (Workbench bench = Workbench.with(SUCCEEDING, new PacedFixture(8, 4, handler), TWO)) {
      bench.append("far", 0, 1);
      bench.engine.start();

      bench.await("far-0", EventStatus.COMPLETED);
      assertThat(contexts).hasSize(10).allMatch(one -> one.sinceReplay() == 1);
      assertThat(ends(bench, "far-0").getFirst()).isInstanceOf(Attempt.HandedBack.class);
      assertThat(ends(bench, "far-0").getLast()).isInstanceOf(Attempt.Succeeded.class);
      assertThat(bench.paused).isEmpty();
    }
  }

  @Test
  void unwantedEvents_pauseTheSubscriptionAndAreKept() {
    var begun = new AtomicInteger();
    EventHandler handler =
        (_, _) -> {
          begun.incrementAndGet();
          return new Outcome.Unwanted("The receiver is gone.", Optional.empty());
        };
    try (Workbench bench = Workbench.with(SUCCEEDING, new PacedFixture(8, 1, handler), TWO)) {
      bench.append("far", 0, 20);
      bench.engine.start();
      Eventually.holds("it is paused", () -> bench.paused.containsKey(FAR));
      bench.append("near", 0, 5);
      bench.await("near-4", EventStatus.COMPLETED);

      assertThat(bench.paused).containsExactly(Map.entry(FAR, "The receiver is gone."));
      bench.await("far-0", EventStatus.RECEIVED);
      assertThat(ends(bench, "far-0")).hasOnlyElementsOfType(Attempt.HandedBack.class);
      assertThat(begun).hasValue(1);
    }
  }

  @Test
  void pauseThatIsNotStored_isAFailureThatIsRetried() {
    Outage outage = Outage.untilEnded();
    EventHandler handler =
        (_, _) -> new Outcome.Unwanted("The receiver is gone.", Optional.empty());
    try (Workbench bench = Workbench.with(SUCCEEDING, new PacedFixture(8, 1, handler), TWO)) {
      bench.beforePause = outage;
      bench.append("far", 0, 1);
      bench.engine.start();

      bench.await("far-0", EventStatus.RETRYING);
      assertThat(bench.paused).isEmpty();
      assertThat(ends(bench, "far-0").getFirst())
          .isInstanceOfSatisfying(
              Attempt.FailedWith.class,
              failed -> assertThat(failed.cause().message()).isEqualTo("The receiver is gone."));
      outage.end();
      bench.pass(Duration.ofSeconds(6));
      Eventually.holds("it is paused then", () -> bench.paused.containsKey(FAR));
    }
  }

  @Test
  void manyReceivers_getNoMoreThanTheSlots() {
    SubscriptionChange[] ten =
        Stream.concat(
                Stream.of(Samples.to("near", "*")),
                IntStream.range(0, 10)
                    .mapToObj(number -> Samples.receiving("far" + number, Lifecycle.ACTIVE)))
            .toArray(SubscriptionChange[]::new);
    var held = HeldHandler.obedient();
    try (Workbench bench = Workbench.with(SUCCEEDING, new PacedFixture(5, 4, held), ten)) {
      IntStream.range(0, 10).forEach(number -> bench.append("far" + number, 0, 10));
      bench.engine.start();
      Eventually.holds("they hang", () -> held.begun() == 5);
      bench.append("near", 0, 20);
      bench.await("near-19", EventStatus.COMPLETED);

      assertThat(held.begun()).isEqualTo(5);
      held.release();
      Eventually.holds(
          "all are completed",
          () -> bench.storage.events().counts().of(EventStatus.COMPLETED) == 120);
    }
  }

  /// Its share is all slots of its pool, not those of the other.
  @Test
  void onlyActiveSubscription_claimsForSlotsOfItsOwnPool() {
    var held = HeldHandler.obedient();
    try (Workbench bench =
        Workbench.with(
            held,
            new PacedFixture(100, 100, SUCCEEDING),
            Samples.to("near", "*"),
            Samples.receiving("far", Lifecycle.FINISHING))) {
      bench.append("near", 0, 50);
      bench.engine.start();

      Eventually.holds("both slots are used", () -> held.begun() == 2);
      assertThat(processing(bench)).isEqualTo(2);
      held.release();
      bench.await("near-49", EventStatus.COMPLETED);
    }
  }

  /// Slots of the other pool are not there for them.
  @Test
  void manySubscriptions_getNoMoreThanTheSlotsOfHandlers() {
    SubscriptionChange[] many =
        Stream.concat(
                Stream.of(Samples.receiving("far", Lifecycle.ACTIVE)),
                IntStream.range(0, 20).mapToObj(number -> Samples.to("near" + number, "*")))
            .toArray(SubscriptionChange[]::new);
    var held = HeldHandler.obedient();
    try (Workbench bench = Workbench.with(held, new PacedFixture(100, 100, SUCCEEDING), many)) {
      IntStream.range(0, 20).forEach(number -> bench.append("near" + number, 0, 5));
      bench.engine.start();
      Eventually.holds("both slots are used", () -> held.begun() == 2);
      bench.append("far", 0, 50);
      // The last one may be completed before others.
      Eventually.holds(
          "all of far are completed",
          () -> bench.storage.events().counts().of(EventStatus.COMPLETED) == 50);

      assertThat(processing(bench)).isEqualTo(2);
      held.release();
      Eventually.holds(
          "all are completed",
          () -> bench.storage.events().counts().of(EventStatus.COMPLETED) == 150);
    }
  }

  @Test
  void drain_handsBackWhatWaitsForReceivers() throws InterruptedException {
    var held = HeldHandler.obedient();
    Workbench bench = Workbench.with(SUCCEEDING, new PacedFixture(9, 100, held), TWO);
    bench.append("far", 0, 4);
    bench.engine.start();
    Eventually.holds("they hang", () -> held.begun() == 4);

    assertThat(bench.engine.slots()).isEqualTo(11);
    assertThat(bench.engine.drain(Duration.ZERO)).isEqualTo(new DrainReport(0, 4, 0));
    assertThat(bench.storage.status("far-3")).isEqualTo(EventStatus.RECEIVED);
  }

  @Test
  void nodeWithoutSubscriptionsToReceivers_hasNoSlotsForThem() {
    try (Workbench bench =
        Workbench.with(SUCCEEDING, new PacedFixture(9, 100, SUCCEEDING), Samples.to("near", "*"))) {
      assertThat(bench.engine.slots()).isEqualTo(2);
    }
  }
}
