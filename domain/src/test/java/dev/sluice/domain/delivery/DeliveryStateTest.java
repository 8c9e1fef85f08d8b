package dev.sluice.domain.delivery;

import static dev.sluice.domain.delivery.States.CAUSE;
import static dev.sluice.domain.delivery.States.LATER;
import static dev.sluice.domain.delivery.States.LEASE;
import static dev.sluice.domain.delivery.States.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.domain.delivery.DeliveryState.Cancelled;
import dev.sluice.domain.delivery.DeliveryState.Completed;
import dev.sluice.domain.delivery.DeliveryState.Failed;
import dev.sluice.domain.delivery.DeliveryState.Finished;
import dev.sluice.domain.delivery.DeliveryState.Processing;
import dev.sluice.domain.delivery.DeliveryState.Received;
import dev.sluice.domain.delivery.DeliveryState.Retrying;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/// The data that a state passes to the next one.
final class DeliveryStateTest {

  static final List<Finished> FINISHED = List.of(States.COMPLETED, States.FAILED, States.CANCELLED);

  private static final Received NEW = new Received(AttemptCount.NONE, NOW);

  @Test
  void claim_beginsAnAttemptUnderTheLease() {
    assertThat(NEW.claim(LEASE)).isEqualTo(new Processing(new AttemptCount(1, 1), LEASE, NEW));
  }

  @Test
  void extend_prolongsTheLeaseAndNothingElse() {
    Processing processing = NEW.claim(LEASE);

    assertThat(processing.extend(LATER.plusSeconds(5)))
        .isEqualTo(
            new Processing(
                new AttemptCount(1, 1), new Lease(LEASE.worker(), NOW, LATER.plusSeconds(5)), NEW));
  }

  @Test
  void success_completesWithTheAttemptCounted() {
    assertThat(NEW.claim(LEASE).settle(Resolution.COMPLETE, LATER))
        .isEqualTo(new Completed(new AttemptCount(1, 1), LATER));
  }

  @Test
  void failureWithAttemptsLeft_waitsUntilDue() {
    var due = LATER.plusSeconds(7);

    assertThat(NEW.claim(LEASE).settle(new Resolution.Retry(due, CAUSE), LATER))
        .isEqualTo(new Retrying(new AttemptCount(1, 1), LATER, due, CAUSE));
  }

  @Test
  void lastFailure_isADeadLetterWithItsCause() {
    assertThat(NEW.claim(LEASE).settle(new Resolution.DeadLetter(CAUSE), LATER))
        .isEqualTo(new Failed(new AttemptCount(1, 1), LATER, CAUSE));
  }

  @Test
  void handedBackFirstAttempt_waitsAsBeforeAndCostsNothing() {
    assertThat(NEW.claim(LEASE).settle(Resolution.HAND_BACK, LATER))
        .isEqualTo(new Received(new AttemptCount(1, 0), LATER, NOW));
  }

  @Test
  void handedBackRetry_isStillDueWhenItWasWithItsFailure() {
    var retrying = new Retrying(new AttemptCount(2, 2), NOW, NOW, CAUSE);

    assertThat(retrying.claim(LEASE).settle(Resolution.HAND_BACK, LATER))
        .isEqualTo(new Retrying(new AttemptCount(3, 2), LATER, NOW, CAUSE));
  }

  @Test
  void stateIsEnteredWhenItBegins_notWhenItIsDue() {
    var retry = new Resolution.Retry(LATER.plusSeconds(7), CAUSE);
    Processing processing = NEW.claim(LEASE);

    assertThat(NEW.enteredAt()).isEqualTo(NOW);
    assertThat(processing.extend(LATER).enteredAt()).isEqualTo(LEASE.startedAt());
    assertThat(processing.settle(retry, LATER))
        .isInstanceOfSatisfying(
            Retrying.class,
            retrying -> {
              assertThat(retrying.enteredAt()).isEqualTo(LATER);
              assertThat(retrying.isDelayed()).isTrue();
            });
    assertThat(processing.settle(Resolution.COMPLETE, LATER).enteredAt()).isEqualTo(LATER);
  }

  @Test
  void handedBackDelivery_isNotDelayed() {
    assertThat(NEW.isDelayed()).isFalse();
    assertThat(NEW.claim(LEASE).settle(Resolution.HAND_BACK, LATER))
        .isInstanceOfSatisfying(
            Received.class, received -> assertThat(received.isDelayed()).isFalse());
  }

  @Test
  void attemptAfterHandBack_hasANewNumber() {
    DeliveryState handedBack = NEW.claim(LEASE).settle(Resolution.HAND_BACK, LATER);

    assertThat(handedBack)
        .isInstanceOfSatisfying(
            Received.class,
            received ->
                assertThat(received.claim(LEASE).attempts()).isEqualTo(new AttemptCount(2, 1)));
  }

  @ParameterizedTest
  @FieldSource("FINISHED")
  void replay_keepsTheNumberingAndRefreshesTheBudget(Finished finished) {
    assertThat(finished.replay(LATER)).isEqualTo(new Received(new AttemptCount(3, 0), LATER));
  }

  @Test
  void attemptAfterReplay_isNumberedOnAndFirstOfItsBudget() {
    assertThat(States.FAILED.replay(LATER).claim(LEASE).attempts())
        .isEqualTo(new AttemptCount(4, 1));
  }

  @Test
  void cancel_keepsTheCount() {
    assertThat(States.RETRYING.cancel(LATER)).isEqualTo(new Cancelled(States.COUNT, LATER));
    assertThat(NEW.cancel(LATER)).isEqualTo(new Cancelled(AttemptCount.NONE, LATER));
  }

  @Test
  void deliveryHandedBackAfterTheClockWasSetBack_isDueAtOnce() {
    Instant earlier = NOW.minusSeconds(3_600);

    assertThat(NEW.claim(LEASE).settle(Resolution.HAND_BACK, earlier))
        .isEqualTo(new Received(new AttemptCount(1, 0), earlier));
    assertThat(States.RETRYING.claim(LEASE).settle(Resolution.HAND_BACK, Instant.EPOCH))
        .isInstanceOfSatisfying(
            Retrying.class, retrying -> assertThat(retrying.dueAt()).isEqualTo(Instant.EPOCH));
  }

  @Test
  void firstAbandonment_costsNoAttemptAndTheNextOneDoes() {
    var cause = new FailureCause(FailureCause.Kind.ABANDONED, "LeaseExpired", "nothing heard");
    var again = new Resolution.Retry(LATER, cause);

    var first = new Retrying(new AttemptCount(1, 0), LATER, LATER, cause);
    assertThat(NEW.claim(LEASE).isAfterAbandonment()).isFalse();
    assertThat(NEW.claim(LEASE).settle(again, LATER)).isEqualTo(first);
    assertThat(first.claim(LEASE).isAfterAbandonment()).isTrue();
    assertThat(first.claim(LEASE).settle(again, LATER))
        .isEqualTo(new Retrying(new AttemptCount(2, 1), LATER, LATER, cause));
  }

  @Test
  void lease_isExpiredFromItsLastMomentOn() {
    assertThat(LEASE.isExpired(LATER.minusNanos(1))).isFalse();
    assertThat(LEASE.isExpired(LATER)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"-1,-1", "0,-1", "0,1", "2,3"})
  void impossibleCount_isRefused(int started, int spent) {
    assertThatThrownBy(() -> new AttemptCount(started, spent))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(" + spent + ")");
  }
}
