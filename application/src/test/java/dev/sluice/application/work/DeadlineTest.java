package dev.sluice.application.work;

import static dev.sluice.application.work.Workbench.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.fixture.HeldHandler;
import dev.sluice.application.fixture.Samples;
import dev.sluice.contract.Eventually;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.delivery.Transition;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.port.AttemptContext;
import dev.sluice.domain.port.EventHandler;
import dev.sluice.domain.subscription.RetryPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Handlers that take too long.
final class DeadlineTest {

  private static final FailureCause TIMED_OUT =
      new FailureCause(FailureCause.Kind.TIMEOUT, "TimedOut", "no outcome within 10000 ms");
  private static final RetryPolicy IN_AN_HOUR = Samples.retries(2, Duration.ofHours(1));

  /// Runs the first attempt with the given handler; all others succeed.
  private static EventHandler firstBy(HeldHandler held) {
    return (event, attempt) ->
        attempt.number() == 1 ? held.handle(event, attempt) : Outcome.SUCCEEDED;
  }

  private static Workbench overdue(HeldHandler held, EventHandler handler, RetryPolicy policy) {
    Workbench bench = Workbench.with(handler, policy, 2).startedWith(1);
    Eventually.holds("the handler runs", () -> held.begun() == 1);
    bench.pass(TIMEOUT);
    bench.awaitNews(Transition.Settled.class, 1);
    return bench;
  }

  @Test
  void overdueHandler_isInterruptedAndOnRecordAsTimedOut() throws Exception {
    var held = HeldHandler.obedient();
    try (var bench = overdue(held, held, IN_AN_HOUR)) {
      bench.await("e-1", EventStatus.RETRYING);
      Eventually.holds("the handler was interrupted", () -> held.interruptions() == 1);

      assertThat(bench.attempts("e-1"))
          .extracting(Attempt::end)
          .containsExactly(new Attempt.FailedWith(SettableClock.START.plus(TIMEOUT), TIMED_OUT));
      bench.awaitInFlight(0);
    }
  }

  @Test
  void handlerWithinItsTime_isLeftAlone() throws Exception {
    var held = HeldHandler.obedient();
    try (var bench = Workbench.with(held).startedWith(1)) {
      Eventually.holds("the handler runs", () -> held.begun() == 1);
      bench.pass(TIMEOUT.minusNanos(1));
      held.release();
      bench.await("e-1", EventStatus.COMPLETED);

      assertThat(held.interruptions()).isZero();
      assertThat(bench.attempts("e-1")).hasSize(1);
    }
  }

  @Test
  void lastAttemptThatTimesOut_isADeadLetter() throws Exception {
    var held = HeldHandler.obedient();
    try (var bench = overdue(held, held, Samples.retries(0, Duration.ZERO))) {
      bench.await("e-1", EventStatus.FAILED);

      assertThat(bench.storage.record("e-1").summary().lastError()).contains(TIMED_OUT);
    }
  }

  @Test
  void handlerThatIgnoresTheInterruption_keepsItsSlotWhileItsDeliveryIsRetried() throws Exception {
    var held = HeldHandler.stubborn();
    try (var bench = overdue(held, firstBy(held), Samples.AT_ONCE)) {
      bench.await("e-1", EventStatus.COMPLETED);

      assertThat(bench.attempts("e-1")).extracting(Attempt::number).containsExactly(1, 2);
      bench.awaitInFlight(1);
      held.release();
      bench.awaitInFlight(0);
    }
  }

  @Test
  void stuckHandlerInTheOnlySlot_letsNothingElseRun() throws Exception {
    var held = HeldHandler.stubborn();
    try (var bench = Workbench.with(firstBy(held), Samples.AT_ONCE, 1).startedWith(2)) {
      Eventually.holds("the handler runs", () -> held.begun() == 1);
      bench.pass(TIMEOUT);
      bench.await("e-1", EventStatus.RETRYING);

      assertThat(bench.engine.inFlight()).isEqualTo(1);
      assertThat(bench.storage.status("e-2")).isEqualTo(EventStatus.RECEIVED);
      assertThat(held.begun()).isEqualTo(1);
      held.release();
      bench.await("e-1", EventStatus.COMPLETED);
    }
  }

  @Test
  void lateOutcome_changesNothing() throws Exception {
    var held = HeldHandler.stubborn();
    try (var bench = overdue(held, held, IN_AN_HOUR)) {
      bench.await("e-1", EventStatus.RETRYING);
      var before = bench.storage.record("e-1");
      held.release();
      bench.awaitInFlight(0);

      assertThat(bench.storage.record("e-1")).isEqualTo(before);
      assertThat(bench.news.all(Transition.Settled.class)).hasSize(1);
      assertThat(bench.news.all(Transition.LeaseLost.class)).isEmpty();
    }
  }

  @Test
  void successAfterTheInterruption_doesNotCount() throws Exception {
    var held = HeldHandler.obedient();
    EventHandler swallowing = (event, attempt) -> succeedWhenInterrupted(held, event, attempt);
    try (var bench = overdue(held, swallowing, IN_AN_HOUR)) {
      bench.awaitInFlight(0);

      assertThat(bench.storage.status("e-1")).isEqualTo(EventStatus.RETRYING);
      assertThat(bench.storage.record("e-1").summary().lastError()).contains(TIMED_OUT);
    }
  }

  private static Outcome succeedWhenInterrupted(
      HeldHandler held, Event event, AttemptContext attempt) {
    try {
      return held.handle(event, attempt);
    } catch (InterruptedException e) {
      return Outcome.SUCCEEDED;
    }
  }

  @Test
  void timeOut_isReportedOnceHoweverOftenTimeIsChecked() throws Exception {
    var held = HeldHandler.stubborn();
    try (var bench = overdue(held, held, IN_AN_HOUR)) {
      bench.pass(Duration.ofSeconds(1));
      bench.pass(Duration.ofSeconds(1));

      assertThat(bench.attempts("e-1")).hasSize(1);
      assertThat(bench.news.all(Transition.Settled.class)).hasSize(1);
      held.release();
    }
  }
}
