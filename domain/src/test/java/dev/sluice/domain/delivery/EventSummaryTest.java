package dev.sluice.domain.delivery;

import static dev.sluice.domain.delivery.States.CAUSE;
import static dev.sluice.domain.delivery.States.LATER;
import static dev.sluice.domain.delivery.States.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.delivery.DeliveryState.Completed;
import dev.sluice.domain.delivery.DeliveryState.Retrying;
import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.event.Payload;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.ArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What an event summary derives from the states of the deliveries.
final class EventSummaryTest {

  private static final Event EVENT =
      new Event(
          new EventId("e-1"), EventType.DEFAULT, NOW, NOW, new Payload("{}"), Attributes.NONE);

  private static EventSummary with(DeliveryState... states) {
    return new EventSummary(
        EVENT,
        IntStream.range(0, states.length)
            .mapToObj(
                index -> new DeliverySnapshot(new SubscriptionName("s-" + index), states[index]))
            .toList());
  }

  @Test
  void status_followsFromAllDeliveries() {
    assertThat(with().status()).isEqualTo(EventStatus.UNROUTED);
    assertThat(with(States.FAILED).status()).isEqualTo(EventStatus.FAILED);
    assertThat(with(States.COMPLETED, States.RETRYING).status()).isEqualTo(EventStatus.RETRYING);
  }

  @Test
  void attempts_areSummedOverDeliveriesReplaysIncluded() {
    assertThat(with(States.COMPLETED, States.FAILED.replay(LATER)).attempts()).isEqualTo(6);
    assertThat(with().attempts()).isZero();
  }

  @Test
  void nextAttempt_isTheEarliestRetry() {
    var late = new Retrying(States.COUNT, NOW, LATER, CAUSE);

    assertThat(with(late, States.RETRYING, States.COMPLETED).nextAttemptAt()).contains(NOW);
    assertThat(with(States.RECEIVED, States.NEXT_ATTEMPT).nextAttemptAt()).isEmpty();
  }

  @Test
  void completion_isThatOfTheLastDelivery() {
    var last = new Completed(States.COUNT, LATER);

    assertThat(with(last, States.COMPLETED).completedAt()).contains(LATER);
  }

  @Test
  void completionBesideACancelledDelivery_counts() {
    assertThat(with(States.CANCELLED, States.COMPLETED).completedAt()).contains(NOW);
  }

  @Test
  void eventThatIsNotCompleted_hasNoCompletion() {
    assertThat(with(States.COMPLETED, States.FIRST_ATTEMPT).completedAt()).isEmpty();
    assertThat(with(States.COMPLETED, States.FAILED).completedAt()).isEmpty();
    assertThat(with().completedAt()).isEmpty();
  }

  @Test
  void lastError_isThatOfAWaitingOrDeadDelivery() {
    assertThat(with(States.RECEIVED, States.RETRYING).lastError()).contains(CAUSE);
    assertThat(with(States.FAILED).lastError()).contains(CAUSE);
  }

  @Test
  void retryUnderWay_stillShowsTheErrorItFollows() {
    assertThat(with(States.NEXT_ATTEMPT).lastError()).contains(CAUSE);
  }

  @Test
  void deliveriesThatDidNotFail_showNoError() {
    assertThat(with(States.RECEIVED, States.FIRST_ATTEMPT, States.COMPLETED).lastError()).isEmpty();
    assertThat(with(States.CANCELLED, States.FAILED.replay(LATER)).lastError()).isEmpty();
  }

  @Test
  void summary_keepsItsOwnListOfDeliveries() {
    var list = new ArrayList<>(with(States.FAILED).deliveries());
    var summary = new EventSummary(EVENT, list);

    list.clear();

    assertThat(summary.deliveries()).isEqualTo(with(States.FAILED).deliveries());
  }
}
