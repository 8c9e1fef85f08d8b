package dev.sluice.application.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.Events;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.contract.Transitions;
import dev.sluice.domain.delivery.DeliveryId;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.Transition;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How unfinished deliveries are counted, and when there is room.
final class AdmissionControlTest {

  private final AdmissionControl admission = limitedTo(10, 0);

  private static AdmissionControl limitedTo(long maxBacklog, double drainPerSecond) {
    return new AdmissionControl(maxBacklog, () -> drainPerSecond);
  }

  private void store(int deliveries) {
    assertThat(admission.admit(deliveries)).isTrue();
    admission.decided(deliveries, deliveries);
  }

  private void settle(Resolution resolution) {
    admission.onTransition(Transitions.settled(Events.TYPE, resolution));
  }

  @Test
  void limit_isReachedAndNotExceeded() {
    store(9);

    assertThat(admission.admit(2)).as("two where one fits").isFalse();
    assertThat(admission.admit(1)).isTrue();
    assertThat(admission.admit(1)).isFalse();
    assertThat(admission.backlog()).isEqualTo(10);
  }

  @Test
  void eventWithoutDeliveries_needsNoRoom() {
    store(10);

    assertThat(admission.admit(0)).isTrue();
    assertThat(admission.backlog()).isEqualTo(10);
  }

  @Test
  void eventsWithoutDeliveries_areCountedApart() {
    var accepted =
        new Transition.Accepted(new EventSummary(Events.event("nobody-wants-it"), List.of()));
    for (int number = 0; number < 9; number++) {
      admission.onTransition(accepted);
    }
    assertThat(admission.hasRoomForUnrouted()).isTrue();

    admission.onTransition(accepted);

    assertThat(admission.hasRoomForUnrouted()).isFalse();
    assertThat(admission.backlog()).isZero();
    admission.correctUnrouted(3);
    assertThat(admission.hasRoomForUnrouted()).isTrue();
  }

  @Test
  void roomOfWhatWasNotStored_isGivenBack() {
    admission.admit(10);
    admission.decided(10, 4);

    assertThat(admission.backlog()).isEqualTo(4);
    assertThat(admission.admit(6)).isTrue();
  }

  @Test
  void finishedDeliveries_makeRoom() {
    store(10);
    settle(Resolution.COMPLETE);
    settle(new Resolution.DeadLetter(StorageFixture.CAUSE));

    assertThat(admission.backlog()).isEqualTo(8);
  }

  @Test
  void deliveriesThatWaitAgain_makeNoRoom() {
    store(10);
    settle(Resolution.HAND_BACK);
    settle(new Resolution.Retry(SettableClock.START, StorageFixture.CAUSE));

    assertThat(admission.backlog()).isEqualTo(10);
  }

  @Test
  void operatorsActions_areCounted() {
    store(5);
    admission.onTransition(Transitions.replayed(Events.TYPE));
    assertThat(admission.backlog()).isEqualTo(6);

    admission.onTransition(Transitions.cancelled(Events.TYPE));
    assertThat(admission.backlog()).isEqualTo(5);
  }

  @Test
  void acceptedEventsAndLostLeases_areNotCountedAgain() {
    store(5);
    admission.onTransition(Transitions.accepted(Events.TYPE, 5));
    var delivery = new DeliveryId(new EventId("e-1"), SubscriptionName.DEFAULT);
    admission.onTransition(new Transition.LeaseLost(Events.TYPE, delivery, 1));

    assertThat(admission.backlog()).isEqualTo(5);
  }

  @Test
  void correction_bringsTheStoragesCount() {
    store(5);
    admission.correct(admission.known(), 3);
    assertThat(admission.backlog()).isEqualTo(3);

    admission.correct(admission.known(), 9);
    assertThat(admission.backlog()).isEqualTo(9);
  }

  @Test
  void correction_keepsWhatIsBeingStored() {
    admission.admit(4);
    admission.correct(admission.known(), 0);
    assertThat(admission.backlog()).isEqualTo(4);

    admission.decided(4, 4);
    admission.correct(admission.known(), 4);
    assertThat(admission.backlog()).isEqualTo(4);
  }

  @Test
  void correction_keepsWhatIsAdmittedMeanwhile() {
    long before = admission.known();
    admission.admit(4);
    admission.correct(before, 0);

    assertThat(admission.backlog()).isGreaterThanOrEqualTo(4);
  }

  /// The storage was queried just before the append took effect, and the append ended just before
  /// the result was used: to lose its deliveries would admit more than the limit.
  @Test
  void correctionAcrossAnAppend_doesNotForgetWhatWasStored() {
    admission.admit(4);
    long before = admission.known();
    long storedWhenAsked = 0;
    admission.decided(4, 4);
    admission.correct(before, storedWhenAsked);

    assertThat(admission.backlog()).isGreaterThanOrEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({
    "100000,1000,1",
    "100000,500,2",
    "100000,300,4",
    "100000,20,50",
    "100000,10,60",
    "100000,0.001,60",
    "100000,0,60",
    "10,1000000,1"
  })
  void retryAfter_isTheTimeToWorkOffOnePercent(long limit, double perSecond, long seconds) {
    assertThat(limitedTo(limit, perSecond).retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void fullness_isThePartOfTheLimitInUse() {
    assertThat(admission.fullness()).isZero();
    store(5);
    assertThat(admission.fullness()).isEqualTo(0.5);

    for (int replayed = 0; replayed < 50; replayed++) {
      admission.onTransition(Transitions.replayed(Events.TYPE));
    }
    assertThat(admission.fullness()).as("over the limit").isEqualTo(1.0);
  }

  @Test
  void closing_isSeen() {
    assertThat(admission.isClosed()).isFalse();
    admission.close();
    assertThat(admission.isClosed()).isTrue();
  }
}
