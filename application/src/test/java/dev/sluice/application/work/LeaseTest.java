package dev.sluice.application.work;

import static dev.sluice.application.work.Workbench.HERE;
import static dev.sluice.application.work.Workbench.LEASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sluice.application.fixture.HeldHandler;
import dev.sluice.application.fixture.HookedQueue.Call;
import dev.sluice.application.fixture.Outage;
import dev.sluice.application.fixture.Samples;
import dev.sluice.contract.Events;
import dev.sluice.contract.Eventually;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Transition;
import dev.sluice.domain.port.Claim;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Leases of attempts on this node: extended while the handler runs, noticed when lost.
final class LeaseTest {

  private static final Duration LONG_TIMEOUT = Duration.ofHours(1);

  /// When a node extends a lease.
  private static final Duration RENEWAL = LEASE.dividedBy(2).plusMillis(1);

  /// How long a node relies on a lease that it cannot extend.
  private static final Duration USABLE = LEASE.dividedBy(10).multipliedBy(9);

  private static Workbench longRunning(HeldHandler handler, int events) {
    Workbench bench =
        Workbench.with(handler, Samples.AT_ONCE, events, LONG_TIMEOUT).startedWith(events);
    Eventually.holds("all handlers run", () -> handler.begun() == events);
    return bench;
  }

  /// Another node reclaims expired deliveries, to be retried in an hour.
  private static List<Claim> reclaimByAnotherNode(Workbench bench) {
    return bench
        .storage
        .queue()
        .reclaimExpired(10, _ -> bench.storage.retryIn(Duration.ofHours(1)))
        .stream()
        .map(reclaimed -> reclaimed.claim())
        .toList();
  }

  @Test
  void longHandler_keepsItsLease() throws Exception {
    var handler = HeldHandler.obedient();
    try (var bench = longRunning(handler, 1)) {
      for (int step = 0; step < 30; step++) {
        bench.pass(Duration.ofSeconds(10));
        assertThat(reclaimByAnotherNode(bench)).isEmpty();
      }
      handler.release();
      bench.await("e-1", EventStatus.COMPLETED);

      assertThat(bench.attempts("e-1")).extracting(Attempt::number).containsExactly(1);
      assertThat(handler.interruptions()).isZero();
    }
  }

  @Test
  void leaseWithMoreThanHalfLeft_isNotProlonged() throws Exception {
    try (var bench = longRunning(HeldHandler.obedient(), 1)) {
      bench.pass(LEASE.dividedBy(2));
      assertThat(bench.queue.hooks().calls(Call.EXTEND)).isZero();

      bench.pass(Duration.ofMillis(1));
      assertThat(bench.queue.hooks().calls(Call.EXTEND)).isEqualTo(1);

      bench.pass(LEASE.dividedBy(2));
      assertThat(bench.queue.hooks().calls(Call.EXTEND)).isEqualTo(1);
    }
  }

  @Test
  void leases_areProlongedTogether() throws Exception {
    try (var bench = longRunning(HeldHandler.obedient(), 20)) {
      bench.pass(Duration.ofSeconds(20));

      assertThat(bench.queue.hooks().calls(Call.EXTEND)).isEqualTo(1);
      bench.storage.clock().advance(Duration.ofSeconds(29));
      assertThat(reclaimByAnotherNode(bench)).isEmpty();
    }
  }

  @Test
  void lostLease_interruptsTheHandlerAndIsAnnouncedOnce() throws Exception {
    var handler = HeldHandler.obedient();
    try (var bench = longRunning(handler, 1)) {
      bench.storage.clock().advance(LEASE);
      Claim lost = reclaimByAnotherNode(bench).getFirst();
      bench.passHere(RENEWAL);
      bench.awaitInFlight(0);
      bench.passHere(Duration.ZERO);

      assertThat(handler.interruptions()).isEqualTo(1);
      assertThat(bench.news.all(Transition.LeaseLost.class))
          .containsExactly(new Transition.LeaseLost(Events.TYPE, lost.delivery(), 1));
    }
  }

  @Test
  void lostLease_leavesTheDeliveryToItsNewOwner() throws Exception {
    var handler = HeldHandler.obedient();
    try (var bench = longRunning(handler, 1)) {
      bench.storage.clock().advance(LEASE);
      reclaimByAnotherNode(bench);
      var before = bench.storage.record("e-1");
      bench.passHere(RENEWAL);
      bench.awaitInFlight(0);

      assertThat(bench.storage.record("e-1")).isEqualTo(before);
      assertThat(bench.news.all(Transition.Settled.class)).isEmpty();
    }
  }

  @Test
  void onlyTheLostLease_endsItsHandler() throws Exception {
    var handler = HeldHandler.obedient();
    try (var bench = longRunning(handler, 2)) {
      bench.storage.clock().advance(LEASE);
      bench.storage.queue().reclaimExpired(1, _ -> bench.storage.retryIn(Duration.ofHours(1)));
      bench.passHere(RENEWAL);
      bench.awaitInFlight(1);
      handler.release();

      Eventually.holds(
          "the other one is done",
          () -> bench.storage.events().counts().of(EventStatus.COMPLETED) == 1);
      assertThat(handler.interruptions()).isEqualTo(1);
    }
  }

  @Test
  void outcomeAfterTheLeaseWasLost_isRefusedAndAnnounced() throws Exception {
    var handler = HeldHandler.obedient();
    try (var bench = longRunning(handler, 1)) {
      bench.storage.clock().advance(LEASE);
      reclaimByAnotherNode(bench);
      handler.release();

      assertThat(bench.awaitNews(Transition.LeaseLost.class, 1)).hasSize(1);
      assertThat(bench.storage.status("e-1")).isEqualTo(EventStatus.RETRYING);
      assertThat(bench.news.all(Transition.Settled.class)).isEmpty();
      bench.awaitInFlight(0);
    }
  }

  @Test
  void storageThatIsAway_delaysTheProlongationOnly() throws Exception {
    var handler = HeldHandler.obedient();
    try (var bench = longRunning(handler, 1)) {
      bench.queue.hooks().before(Call.EXTEND, Outage.ofCalls(2));
      assertThatCode(() -> bench.pass(Duration.ofSeconds(20))).doesNotThrowAnyException();
      bench.pass(Duration.ofSeconds(1));
      bench.pass(Duration.ofSeconds(1));
      bench.storage.clock().advance(Duration.ofSeconds(29));

      assertThat(reclaimByAnotherNode(bench)).isEmpty();
      assertThat(handler.interruptions()).isZero();
    }
  }

  @Test
  void leaseThatCannotBeProlonged_endsTheHandlerBeforeAnyoneElseMayBegin() throws Exception {
    var handler = HeldHandler.obedient();
    try (var bench = longRunning(handler, 1)) {
      bench.queue.hooks().before(Call.EXTEND, Outage.ofCalls(1_000));
      bench.pass(USABLE.minusMillis(1));
      assertThat(handler.interruptions()).isZero();

      bench.pass(Duration.ofMillis(1));
      bench.awaitInFlight(0);

      assertThat(handler.interruptions()).isEqualTo(1);
      assertThat(reclaimByAnotherNode(bench)).isEmpty();
      assertThat(bench.news.all(Transition.LeaseLost.class)).hasSize(1);
    }
  }

  /// A clock that is set back would make a lease look younger than it is.
  @Test
  void clockThatStandsStill_doesNotKeepAnAttemptAlive() throws Exception {
    var handler = HeldHandler.obedient();
    try (var bench = longRunning(handler, 1)) {
      bench.passHere(USABLE);
      bench.awaitInFlight(0);

      assertThat(handler.interruptions()).isEqualTo(1);
    }
  }

  /// The machine slept or the clock was set: only the storage knows.
  @Test
  void leaseThatIsOverByTheWallClockOnly_isConfirmedByTheStorage() throws Exception {
    var handler = HeldHandler.obedient();
    try (var bench = longRunning(handler, 1)) {
      bench.storage.clock().step(Duration.ofHours(1));
      bench.passHere(Duration.ZERO);
      bench.passHere(LeaseTime.DOUBT.multipliedBy(2));

      assertThat(bench.queue.hooks().calls(Call.EXTEND)).isEqualTo(1);
      assertThat(handler.interruptions()).isZero();
    }
  }

  @Test
  void leaseInDoubtThatNobodyConfirms_endsTheHandlerSoon() throws Exception {
    var handler = HeldHandler.obedient();
    try (var bench = longRunning(handler, 1)) {
      bench.queue.hooks().before(Call.EXTEND, Outage.forGood());
      bench.storage.clock().step(Duration.ofHours(1));
      bench.passHere(Duration.ZERO);
      assertThat(handler.interruptions()).isZero();

      bench.passHere(LeaseTime.DOUBT);
      bench.awaitInFlight(0);

      assertThat(handler.interruptions()).isEqualTo(1);
    }
  }

  @Test
  void leaseInDoubtThatWasTakenOver_endsTheHandlerAtOnce() throws Exception {
    var handler = HeldHandler.obedient();
    try (var bench = longRunning(handler, 1)) {
      bench.storage.clock().advance(LEASE);
      reclaimByAnotherNode(bench);

      bench.passHere(Duration.ZERO);
      bench.awaitInFlight(0);

      assertThat(handler.interruptions()).isEqualTo(1);
      assertThat(bench.news.all(Transition.LeaseLost.class)).hasSize(1);
    }
  }

  /// No other process can take over the deliveries of the only one.
  @Test
  void onlyProcess_losesNoLeaseHoweverLongTheStorageIsAway() throws Exception {
    var handler = HeldHandler.obedient();
    try (var bench = Workbench.alone(handler, LONG_TIMEOUT).startedWith(1)) {
      Eventually.holds("it runs", () -> handler.begun() == 1);
      bench.queue.hooks().before(Call.EXTEND, Outage.ofCalls(10));
      for (int step = 0; step < 11; step++) {
        bench.pass(LEASE);
      }
      handler.release();
      bench.await("e-1", EventStatus.COMPLETED);

      assertThat(bench.attempts("e-1")).hasSize(1);
      assertThat(handler.interruptions()).isZero();
    }
  }

  /// For example after a disk was full for longer than a lease: the outcome waits to be recorded.
  @Test
  void outcomeThatWaitsForTheStorage_isNotSwept() throws Exception {
    var handler = HeldHandler.obedient();
    try (var bench = Workbench.alone(handler, LONG_TIMEOUT).startedWith(1)) {
      Eventually.holds("it runs", () -> handler.begun() == 1);
      var full = Outage.untilEnded();
      bench.queue.hooks().before(Call.SETTLE, full);
      bench.queue.hooks().before(Call.EXTEND, full);
      handler.release();
      bench.awaitSettleCalls(1);
      bench.pass(LEASE.multipliedBy(2));
      bench.queue.hooks().before(Call.EXTEND, Outage.ofCalls(0));
      bench.pass(Duration.ofSeconds(10));
      full.end();
      bench.await("e-1", EventStatus.COMPLETED);

      assertThat(bench.attempts("e-1")).hasSize(1);
    }
  }

  @Test
  void claimThatTookTheWholeLease_isHandedBackUnbegun() throws Exception {
    var handler = HeldHandler.obedient();
    try (var bench = Workbench.with(handler, Samples.AT_ONCE, 1, LONG_TIMEOUT)) {
      bench.queue.hooks().after(Call.CLAIM, () -> bench.passHere(USABLE));
      bench.startedWith(1);
      Eventually.holds(
          "it was handed back",
          () ->
              bench.attempts("e-1").stream()
                  .anyMatch(attempt -> attempt.end() instanceof Attempt.HandedBack));

      assertThat(handler.begun()).isZero();
    }
  }

  @Test
  void attempts_carryTheNodesName() throws Exception {
    try (var bench = longRunning(HeldHandler.obedient(), 1)) {
      assertThat(bench.attempts("e-1"))
          .containsExactly(new Attempt(1, HERE, SettableClock.START, new Attempt.StillRunning()));
    }
  }
}
