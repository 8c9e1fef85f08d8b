package dev.sluice.application.work;

import static dev.sluice.application.work.Workbench.HERE;
import static dev.sluice.application.work.Workbench.LEASE;
import static dev.sluice.application.work.Workbench.SWEEP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.fixture.HookedQueue.Call;
import dev.sluice.application.fixture.Outage;
import dev.sluice.application.fixture.Samples;
import dev.sluice.contract.Events;
import dev.sluice.contract.QuotaSamples;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.AttemptCount;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.Transition;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.subscription.RetryPolicy;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Deliveries of workers that went silent.
final class ReclaimTest {

  private static final WorkerId DEAD = new WorkerId("dead");
  private static final Instant EXPIRY = SettableClock.START.plus(LEASE);
  private static final FailureCause ABANDONED =
      new FailureCause(
          FailureCause.Kind.ABANDONED,
          "LeaseExpired",
          "worker dead did not settle before its lease expired");

  /// A dead worker holds this number of deliveries; the engine does not claim yet.
  private static Workbench deserted(int events, RetryPolicy policy) {
    Workbench bench = Workbench.with((_, _) -> Outcome.SUCCEEDED, policy, 2);
    bench.storage.events().append(Events.many(events));
    bench.storage.queue().claim(DEAD, QuotaSamples.upTo(events), LEASE);
    return bench;
  }

  @Test
  void deadWorkersDelivery_runsAgain() throws Exception {
    try (var bench = deserted(1, Samples.AT_ONCE)) {
      bench.engine.start();
      bench.pass(LEASE);
      bench.await("e-1", EventStatus.COMPLETED);

      assertThat(bench.attempts("e-1"))
          .containsExactly(
              new Attempt(1, DEAD, SettableClock.START, new Attempt.FailedWith(EXPIRY, ABANDONED)),
              new Attempt(2, HERE, EXPIRY, new Attempt.Succeeded(EXPIRY)));
    }
  }

  @Test
  void abandonedDelivery_isDueSoonWhateverThePolicysWait() throws Exception {
    try (var bench = deserted(1, Samples.retries(2, Duration.ofHours(1)))) {
      bench.pass(LEASE);

      assertThat(bench.storage.record("e-1").summary().nextAttemptAt())
          .contains(EXPIRY.plusMillis(200));
    }
  }

  @Test
  void abandonedAttempt_isAnnouncedLikeAnyOther() throws Exception {
    try (var bench = deserted(1, Samples.AT_ONCE)) {
      bench.pass(LEASE);

      assertThat(bench.news.all(Transition.Settled.class))
          .containsExactly(
              new Transition.Settled(
                  Events.event("e-1"),
                  SubscriptionName.DEFAULT,
                  new AttemptCount(1, 1),
                  DEAD,
                  new Resolution.Retry(EXPIRY, ABANDONED),
                  EXPIRY,
                  LEASE,
                  LEASE));
    }
  }

  /// A regression test: with `MAX_RETRIES=0`, all deliveries of a process that ended used to become
  /// dead letters.
  @Test
  void firstAbandonment_isNoDeadLetterWhateverTheBudget() throws Exception {
    try (var bench = deserted(10, Samples.retries(0, Duration.ZERO))) {
      bench.engine.start();
      bench.pass(LEASE);

      bench.await("e-10", EventStatus.COMPLETED);
      assertThat(bench.storage.events().counts().of(EventStatus.FAILED)).isZero();
    }
  }

  @Test
  void attemptThatRanApartAndIsAbandonedToo_isADeadLetterWhenTheBudgetIsSpent() throws Exception {
    try (var bench = deserted(1, Samples.retries(0, Duration.ZERO))) {
      bench.pass(LEASE);
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThat(bench.storage.status("e-1")).isEqualTo(EventStatus.RETRYING);
        bench.storage.queue().claimAbandoned(DEAD, QuotaSamples.upTo(1), LEASE);
        bench.pass(LEASE);
      }

      assertThat(bench.storage.status("e-1")).isEqualTo(EventStatus.FAILED);
      assertThat(bench.storage.record("e-1").summary().lastError()).contains(ABANDONED);
    }
  }

  /// The next attempt starts at once, so the wait of the policy must not count.
  @Test
  void abandonedDeliveryWithinItsMaximumAge_isRetried() throws Exception {
    var hour = Duration.ofHours(1);
    try (var bench = deserted(1, new RetryPolicy(2, hour, hour, Duration.ofMinutes(5)))) {
      bench.pass(LEASE);

      assertThat(bench.storage.status("e-1")).isEqualTo(EventStatus.RETRYING);
    }
  }

  @Test
  void abandonedDeliveryPastItsMaximumAge_isADeadLetter() throws Exception {
    var policy = new RetryPolicy(2, Duration.ZERO, Duration.ZERO, LEASE.minusMillis(1));
    try (var bench = deserted(1, policy)) {
      bench.pass(LEASE);

      assertThat(bench.storage.status("e-1")).isEqualTo(EventStatus.FAILED);
    }
  }

  @Test
  void livingLease_isLeftAlone() throws Exception {
    try (var bench = deserted(1, Samples.AT_ONCE)) {
      bench.pass(LEASE.minusMillis(1));

      assertThat(bench.storage.status("e-1")).isEqualTo(EventStatus.PROCESSING);
      assertThat(bench.news.all(Transition.Settled.class)).isEmpty();
    }
  }

  @Test
  void sweep_takesAllThereIs() throws Exception {
    try (var bench = deserted(600, Samples.AT_ONCE)) {
      bench.pass(LEASE);

      assertThat(bench.storage.events().counts().of(EventStatus.RETRYING)).isEqualTo(600);
      assertThat(bench.queue.hooks().calls(Call.RECLAIM)).isEqualTo(3);
    }
  }

  @Test
  void sweeps_keepTheirInterval() throws Exception {
    try (var bench = deserted(1, Samples.AT_ONCE)) {
      bench.engine.keepLeases();
      bench.pass(SWEEP.minusMillis(1));
      assertThat(bench.queue.hooks().calls(Call.RECLAIM)).isEqualTo(1);

      bench.pass(Duration.ofMillis(1));
      assertThat(bench.queue.hooks().calls(Call.RECLAIM)).isEqualTo(2);
    }
  }

  @Test
  void storageThatIsAway_delaysTheSweepOnly() throws Exception {
    try (var bench = deserted(1, Samples.AT_ONCE)) {
      bench.queue.hooks().before(Call.RECLAIM, Outage.ofCalls(1));
      bench.pass(LEASE);
      assertThat(bench.storage.status("e-1")).isEqualTo(EventStatus.PROCESSING);

      bench.pass(SWEEP);
      assertThat(bench.storage.status("e-1")).isEqualTo(EventStatus.RETRYING);
    }
  }
}
