package dev.sluice.application.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.fixture.HeldHandler;
import dev.sluice.application.fixture.HookedQueue;
import dev.sluice.application.fixture.HookedQueue.Call;
import dev.sluice.application.fixture.Samples;
import dev.sluice.contract.Eventually;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.AttemptCount;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.Transition;
import dev.sluice.domain.port.EventHandler;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// How a node stops.
@Tag("slow")
final class DrainTest {

  private static final Duration LONG_GRACE = Duration.ofMinutes(1);

  /// Long enough for a released handler to end, even on a busy machine.
  private static final Duration SHORT_GRACE = Duration.ofSeconds(2);

  private static Workbench running(HeldHandler held, EventHandler handler, int attempts) {
    Workbench bench = Workbench.with(handler, Samples.AT_ONCE, attempts).startedWith(attempts);
    Eventually.holds("all handlers run", () -> held.begun() == attempts);
    return bench;
  }

  /// Starts `e-1` with `one` and `e-2` with `other`; both are in progress.
  private static Workbench runningBoth(HeldHandler one, HeldHandler other) {
    EventHandler handler =
        (event, attempt) -> (event.id().value().equals("e-1") ? one : other).handle(event, attempt);
    Workbench bench = Workbench.with(handler, Samples.AT_ONCE, 2).startedWith(2);
    Eventually.holds("both handlers run", () -> one.begun() + other.begun() == 2);
    return bench;
  }

  /// Starts to drain on another thread, and returns when that thread waits for attempts to end.
  private static FutureTask<DrainReport> draining(Workbench bench, Duration grace) {
    var drain = new FutureTask<>(() -> bench.engine.drain(grace));
    Thread thread = Thread.ofPlatform().daemon().start(drain);
    Eventually.holds("the drain waits", () -> thread.getState() == Thread.State.TIMED_WAITING);
    return drain;
  }

  private static DrainReport reportOf(FutureTask<DrainReport> drain) throws Exception {
    return drain.get(30, TimeUnit.SECONDS);
  }

  /// An interrupt would break a connection to a database that has just leased deliveries.
  @Test
  void claimUnderWay_isLeftToItsEnd() throws Exception {
    var begun = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var wasInterrupted = new AtomicBoolean();
    Workbench bench = Workbench.with(HeldHandler.obedient());
    bench
        .queue
        .hooks()
        .after(
            HookedQueue.Call.CLAIM,
            () -> {
              begun.countDown();
              try {
                goOn.await();
              } catch (InterruptedException e) {
                wasInterrupted.set(true);
              }
            });
    bench.startedWith(1);
    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
    var drain = new FutureTask<>(() -> bench.engine.drain(Duration.ZERO));
    Thread thread = Thread.ofPlatform().daemon().start(drain);
    Eventually.holds(
        "the drain waits for the claim", () -> thread.getState() == Thread.State.WAITING);

    goOn.countDown();
    reportOf(drain);

    assertThat(wasInterrupted).isFalse();
    bench.await("e-1", EventStatus.RECEIVED);
  }

  @Test
  void runningAttempts_finish() throws Exception {
    var held = HeldHandler.obedient();
    Workbench bench = running(held, held, 3);
    var drain = draining(bench, LONG_GRACE);
    held.release();

    assertThat(reportOf(drain)).isEqualTo(new DrainReport(3, 0, 0));
    assertThat(held.interruptions()).isZero();
    assertThat(bench.storage.events().counts().of(EventStatus.COMPLETED)).isEqualTo(3);
  }

  @Test
  void attemptsThatDoNotFinishInTime_areHandedBack() throws Exception {
    var held = HeldHandler.obedient();
    Workbench bench = running(held, held, 3);

    assertThat(bench.engine.drain(Duration.ofMillis(1))).isEqualTo(new DrainReport(0, 3, 0));

    assertThat(held.interruptions()).isEqualTo(3);
    assertThat(bench.storage.events().counts().of(EventStatus.RECEIVED)).isEqualTo(3);
    assertThat(bench.news.all(Transition.Settled.class))
        .extracting(Transition.Settled::resolution)
        .containsOnly(Resolution.HAND_BACK)
        .hasSize(3);
  }

  @Test
  void handedBackAttempt_isOnRecordAndCostsNothing() throws Exception {
    var held = HeldHandler.obedient();
    Workbench bench = running(held, held, 1);
    bench.engine.drain(Duration.ZERO);

    assertThat(bench.attempts("e-1"))
        .extracting(Attempt::end)
        .containsExactly(new Attempt.HandedBack(SettableClock.START));
    assertThat(bench.storage.claimOne().attempts()).isEqualTo(new AttemptCount(2, 1));
  }

  @Test
  void handedBackRetry_isStillARetry() throws Exception {
    var held = HeldHandler.obedient();
    EventHandler failsFirst =
        (event, attempt) ->
            attempt.number() == 1 ? Outcome.failed("Flaky", "once") : held.handle(event, attempt);
    Workbench bench = running(held, failsFirst, 1);
    bench.engine.drain(Duration.ZERO);

    assertThat(bench.storage.status("e-1")).isEqualTo(EventStatus.RETRYING);
    assertThat(bench.storage.claimOne().attempts()).isEqualTo(new AttemptCount(3, 2));
  }

  @Test
  void someFinishAndOthersAreHandedBack_andBothAreCounted() throws Exception {
    var quick = HeldHandler.obedient();
    Workbench bench = runningBoth(quick, HeldHandler.obedient());
    var drain = draining(bench, SHORT_GRACE);
    quick.release();

    assertThat(reportOf(drain)).isEqualTo(new DrainReport(1, 1, 0));
    assertThat(bench.storage.status("e-1")).isEqualTo(EventStatus.COMPLETED);
    assertThat(bench.storage.status("e-2")).isEqualTo(EventStatus.RECEIVED);
  }

  @Test
  void stuckHandler_isReportedAndItsDeliveryHandedBack() throws Exception {
    var stuck = HeldHandler.stubborn();
    Workbench bench = running(stuck, stuck, 1);

    DrainReport report = bench.engine.drain(Duration.ZERO);
    stuck.release();

    assertThat(report.stuck()).isEqualTo(1);
    assertThat(report.finished()).isZero();
    assertThat(bench.storage.claimOne().attempts()).isEqualTo(new AttemptCount(2, 1));
  }

  /// The stuck attempt must not be subtracted from the finished ones twice.
  @Test
  void finishedAttempt_isCountedBesideAStuckOne() throws Exception {
    var quick = HeldHandler.obedient();
    var stuck = HeldHandler.stubborn();
    Workbench bench = runningBoth(quick, stuck);
    var drain = draining(bench, SHORT_GRACE);
    quick.release();

    DrainReport report = reportOf(drain);
    stuck.release();

    assertThat(report.finished()).isEqualTo(1);
    assertThat(report.stuck()).isEqualTo(1);
  }

  /// Its delivery was settled at the timeout, so there is nothing to hand back; but its handler has
  /// not finished either.
  @Test
  void attemptThatTimedOutBeforeAndGoesOn_isStuckAndNotFinished() throws Exception {
    var stuck = HeldHandler.stubborn();
    Workbench bench =
        Workbench.with(stuck, Samples.retries(1, Duration.ofHours(1)), 1).startedWith(1);
    Eventually.holds("the handler runs", () -> stuck.begun() == 1);
    bench.pass(Workbench.TIMEOUT);

    DrainReport report = bench.engine.drain(Duration.ZERO);
    stuck.release();

    assertThat(report).isEqualTo(new DrainReport(0, 0, 1));
  }

  @Test
  void drainingEngine_claimsNothingMore() throws Exception {
    var held = HeldHandler.obedient();
    Workbench bench = running(held, held, 1);
    var drain = draining(bench, LONG_GRACE);
    bench.storage.append("late");
    held.release();
    reportOf(drain);

    assertThat(bench.storage.status("late")).isEqualTo(EventStatus.RECEIVED);
    assertThat(bench.engine.isRunning()).isFalse();
  }

  @Test
  void idleEngine_stopsAtOnce() throws Exception {
    Workbench bench = Workbench.with(HeldHandler.obedient()).startedWith(0);

    assertThat(bench.engine.drain(LONG_GRACE)).isEqualTo(new DrainReport(0, 0, 0));
    assertThat(bench.engine.isRunning()).isFalse();
  }

  @Test
  void engineThatNeverStarted_canBeDrained() throws Exception {
    Workbench bench = Workbench.with(HeldHandler.obedient());

    assertThat(bench.engine.isRunning()).isFalse();
    assertThat(bench.engine.drain(LONG_GRACE)).isEqualTo(new DrainReport(0, 0, 0));
  }

  @Test
  void drainedEngine_hasNothingInFlight() throws Exception {
    Workbench bench = Workbench.with(HeldHandler.obedient()).startedWith(0);
    bench.engine.drain(LONG_GRACE);

    assertThat(bench.engine.inFlight()).isZero();
  }

  @Test
  void slowClaim_isNotInFlight() throws Exception {
    Workbench bench = Workbench.with(HeldHandler.obedient());
    var answers = new CountDownLatch(1);
    bench.queue.hooks().before(Call.CLAIM, () -> awaitQuietly(answers));
    bench.engine.start();
    Eventually.holds("it claims", () -> bench.queue.hooks().calls(Call.CLAIM) == 1);

    int inFlight = bench.engine.inFlight();
    answers.countDown();
    bench.close();

    assertThat(inFlight).isZero();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void handedBackDelivery_isClaimableByAnotherNodeAtOnce() throws Exception {
    var held = HeldHandler.obedient();
    Workbench bench = running(held, held, 1);
    bench.engine.drain(Duration.ZERO);

    assertThat(bench.storage.claimOne().lease().worker()).isEqualTo(StorageFixture.WORKER);
  }
}
