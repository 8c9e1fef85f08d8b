package dev.sluice.application.work;

import static dev.sluice.application.work.Workbench.HERE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.application.fixture.HeldHandler;
import dev.sluice.application.fixture.Samples;
import dev.sluice.contract.Events;
import dev.sluice.contract.Eventually;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.AttemptCount;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.delivery.ReplayScope;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.Transition;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.lane.LanePlace;
import dev.sluice.domain.port.AttemptContext;
import dev.sluice.domain.port.EventHandler;
import dev.sluice.domain.subscription.SubscriptionName;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/// What becomes of deliveries, depending on their handlers.
final class WorkEngineTest {

  private static final EventHandler SUCCEEDS = (_, _) -> Outcome.SUCCEEDED;
  private static final EventHandler THROWS =
      (_, _) -> {
        throw new IOException("receiver is away");
      };

  private static FailureCause cause(String error, String message) {
    return new FailureCause(FailureCause.Kind.HANDLER, error, message);
  }

  @Test
  void success_completesTheDelivery() throws Exception {
    try (var bench = Workbench.with(SUCCEEDS).startedWith(1)) {
      bench.await("e-1", EventStatus.COMPLETED);

      assertThat(bench.attempts("e-1"))
          .containsExactly(
              new Attempt(
                  1, HERE, SettableClock.START, new Attempt.Succeeded(SettableClock.START)));
    }
  }

  @Test
  void success_isAnnouncedWithItsTimes() throws Exception {
    var handler = HeldHandler.obedient();
    try (var bench = Workbench.with(handler).startedWith(1)) {
      Eventually.holds("the handler runs", () -> handler.begun() == 1);
      bench.pass(Duration.ofSeconds(3));
      handler.release();

      assertThat(bench.awaitNews(Transition.Settled.class, 1))
          .containsExactly(
              new Transition.Settled(
                  Events.event("e-1"),
                  SubscriptionName.DEFAULT,
                  new AttemptCount(1, 1),
                  Workbench.HERE,
                  Resolution.COMPLETE,
                  SettableClock.START.plusSeconds(3),
                  Duration.ofSeconds(3),
                  Duration.ofSeconds(3)));
    }
  }

  @Test
  void exception_isRetriedAfterThePolicysWait() throws Exception {
    var policy = Samples.retries(2, Duration.ofSeconds(4));
    try (var bench = Workbench.with(THROWS, policy, 2).startedWith(1)) {
      bench.await("e-1", EventStatus.RETRYING);

      assertThat(bench.storage.record("e-1").summary().nextAttemptAt())
          .contains(SettableClock.START.plusSeconds(4));
      assertThat(bench.storage.record("e-1").summary().lastError())
          .contains(cause("IOException", "receiver is away"));
    }
  }

  @Test
  void retry_runsWhenItIsDueAndNotBefore() throws Exception {
    var calls = new AtomicInteger();
    EventHandler failsOnce =
        (event, attempt) ->
            calls.incrementAndGet() == 1 ? THROWS.handle(event, attempt) : Outcome.SUCCEEDED;
    var policy = Samples.retries(2, Duration.ofSeconds(4));
    try (var bench = Workbench.with(failsOnce, policy, 2).startedWith(1)) {
      bench.await("e-1", EventStatus.RETRYING);
      bench.storage.clock().advance(Duration.ofSeconds(4));
      bench.await("e-1", EventStatus.COMPLETED);

      assertThat(bench.attempts("e-1"))
          .extracting(Attempt::startedAt)
          .containsExactly(SettableClock.START, SettableClock.START.plusSeconds(4));
    }
  }

  @Test
  void waitThatTheReceiverAskedFor_isHonouredUpToTheCap() throws Exception {
    EventHandler asksForMore =
        (_, _) -> new Outcome.Failed(true, cause("Busy", "later"), Duration.ofHours(1));
    var policy = Samples.retries(2, Duration.ofSeconds(4));
    try (var bench = Workbench.with(asksForMore, policy, 2).startedWith(1)) {
      bench.await("e-1", EventStatus.RETRYING);

      assertThat(bench.storage.record("e-1").summary().nextAttemptAt())
          .contains(SettableClock.START.plusSeconds(4));
    }
  }

  @Test
  void permanentFailure_isADeadLetterAtOnce() throws Exception {
    EventHandler refuses = (_, _) -> Outcome.failedForGood("BadRequest", "no such order");
    try (var bench = Workbench.with(refuses).startedWith(1)) {
      bench.await("e-1", EventStatus.FAILED);

      assertThat(bench.attempts("e-1")).hasSize(1);
      assertThat(bench.awaitNews(Transition.Settled.class, 1))
          .extracting(Transition.Settled::resolution)
          .containsExactly(new Resolution.DeadLetter(cause("BadRequest", "no such order")));
    }
  }

  @Test
  void exhaustedRetries_areADeadLetterWithEveryAttemptOnRecord() throws Exception {
    try (var bench = Workbench.with(THROWS).startedWith(1)) {
      bench.await("e-1", EventStatus.FAILED);

      assertThat(bench.attempts("e-1"))
          .extracting(Attempt::number, Attempt::end)
          .containsExactly(failedAttempt(1), failedAttempt(2), failedAttempt(3));
    }
  }

  private static Tuple failedAttempt(int number) {
    return tuple(
        number,
        new Attempt.FailedWith(SettableClock.START, cause("IOException", "receiver is away")));
  }

  @Test
  void exceptionWithoutMessage_isAFailureWithoutOne() throws Exception {
    EventHandler silent =
        (_, _) -> {
          throw new IllegalStateException();
        };
    try (var bench = Workbench.with(silent).startedWith(1)) {
      bench.await("e-1", EventStatus.FAILED);

      assertThat(bench.storage.record("e-1").summary().lastError())
          .contains(cause("IllegalStateException", ""));
    }
  }

  @Test
  void handler_isToldWhichAttemptItMakes() throws Exception {
    var told = new ConcurrentLinkedQueue<AttemptContext>();
    EventHandler handler = (_, attempt) -> failFirst(told, attempt);
    try (var bench = Workbench.with(handler).startedWith(1)) {
      bench.await("e-1", EventStatus.COMPLETED);
      bench.storage.control().replay(new EventId("e-1"), new ReplayScope.All(), LanePlace.TAIL);
      Eventually.holds("it runs again", () -> told.size() == 3);

      assertThat(told).containsExactly(context(1, 1), context(2, 2), context(3, 1));
    }
  }

  private static AttemptContext context(int number, int sinceReplay) {
    return new AttemptContext(
        SubscriptionName.DEFAULT,
        Samples.DESTINATION,
        number,
        sinceReplay,
        SettableClock.START.plus(Workbench.TIMEOUT),
        Workbench.TIMEOUT,
        Duration.ZERO);
  }

  private static Outcome failFirst(
      ConcurrentLinkedQueue<AttemptContext> told, AttemptContext attempt) {
    told.add(attempt);
    return attempt.number() == 1 ? Outcome.failed("Flaky", "once") : Outcome.SUCCEEDED;
  }

  @Test
  void slots_areFilledButNeverExceeded() throws Exception {
    var atWork = new AtomicInteger();
    var most = new AtomicInteger();
    EventHandler handler =
        (_, _) -> {
          most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
          Eventually.holds("all slots were in use", () -> most.get() >= 4);
          atWork.decrementAndGet();
          return Outcome.SUCCEEDED;
        };
    try (var bench = Workbench.with(handler, Samples.AT_ONCE, 4).startedWith(200)) {
      Eventually.holds(
          "all are done", () -> bench.storage.events().counts().of(EventStatus.COMPLETED) == 200);

      assertThat(most).hasValue(4);
      bench.awaitInFlight(0);
    }
  }

  @Test
  void handlerThatLeavesItsThreadInterrupted_harmsNobody() throws Exception {
    EventHandler rude =
        (_, _) -> {
          Thread.currentThread().interrupt();
          return Outcome.SUCCEEDED;
        };
    try (var bench = Workbench.with(rude, Samples.AT_ONCE, 1).startedWith(3)) {
      bench.await("e-3", EventStatus.COMPLETED);

      assertThat(bench.engine.isRunning()).isTrue();
      bench.awaitInFlight(0);
    }
  }

  /// A thread may run several attempts one after another: what the next one does must not delay the
  /// outcome of the one before.
  @Test
  void outcome_isRecordedWhileTheNextHandlerOfTheThreadHangs() throws Exception {
    var held = HeldHandler.obedient();
    var calls = new AtomicInteger();
    EventHandler hangsAtTheFifth =
        (event, attempt) ->
            calls.incrementAndGet() == 5 ? held.handle(event, attempt) : Outcome.SUCCEEDED;
    try (var bench = Workbench.with(hangsAtTheFifth, Samples.AT_ONCE, 1).startedWith(5)) {
      bench.await("e-4", EventStatus.COMPLETED);
      Eventually.holds("the fifth one runs", () -> held.begun() == 1);
      assertThat(bench.storage.status("e-5")).isEqualTo(EventStatus.PROCESSING);

      held.release();
      bench.await("e-5", EventStatus.COMPLETED);
    }
  }

  @Test
  void manyShortAttempts_allEndAndReleaseTheirSlots() throws Exception {
    try (var bench = Workbench.with(SUCCEEDS, Samples.AT_ONCE, 2).startedWith(200)) {
      bench.await("e-200", EventStatus.COMPLETED);
      bench.awaitInFlight(0);

      assertThat(bench.news.all(Transition.Settled.class)).hasSize(200);
    }
  }
}
