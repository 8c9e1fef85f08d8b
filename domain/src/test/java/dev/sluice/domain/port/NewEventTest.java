package dev.sluice.domain.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.delivery.AttemptCount;
import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.event.Payload;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// When the deliveries of a new event are due.
final class NewEventTest {

  private static final SubscriptionName MAIL = new SubscriptionName("mail");
  private static final SubscriptionName AUDIT = new SubscriptionName("audit");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Instant RECEIVED = Instant.parse("2026-01-01T00:00:00.0004Z");
  private static final Event EVENT =
      new Event(
          new EventId("e-1"),
          EventType.DEFAULT,
          RECEIVED,
          RECEIVED,
          new Payload("1"),
          Attributes.NONE);

  private static NewEvent delayed(Event event, Duration delay) {
    return new NewEvent(event, List.of(AUDIT, MAIL), 0, Optional.empty(), Map.of(MAIL, delay));
  }

  private static DeliveryState.Received due(Instant enteredAt, Instant dueAt) {
    return new DeliveryState.Received(AttemptCount.NONE, enteredAt, dueAt);
  }

  @Test
  void withoutASchedule_itIsDueWhenItWasReceived() {
    var newEvent = new NewEvent(EVENT, List.of(MAIL));

    assertThat(newEvent.notBefore(MAIL)).isEmpty();
    assertThat(newEvent.received(MAIL, RECEIVED.plus(MINUTE))).isEqualTo(due(RECEIVED, RECEIVED));
  }

  @Test
  void clockOfTheNodeThatIsAhead_delaysNothing() {
    Instant now = RECEIVED.minus(MINUTE);

    assertThat(new NewEvent(EVENT, List.of(MAIL)).received(MAIL, now)).isEqualTo(due(now, now));
    assertThat(delayed(EVENT, MINUTE).received(AUDIT, now)).isEqualTo(due(now, now));
  }

  @Test
  void deliverAt_isForAllDeliveries() {
    Instant time = RECEIVED.plus(MINUTE);
    var newEvent = new NewEvent(EVENT.withDeliverAt(time), List.of(MAIL));

    Instant kept = Instant.parse("2026-01-01T00:01:00.001Z");
    assertThat(newEvent.received(MAIL, RECEIVED)).isEqualTo(due(RECEIVED, kept));
    assertThat(newEvent.received(MAIL, kept)).isEqualTo(due(RECEIVED, RECEIVED));
  }

  @Test
  void delay_isAddedToTheTimeOfTheEvent() {
    assertThat(delayed(EVENT, MINUTE).received(MAIL, RECEIVED))
        .isEqualTo(due(RECEIVED, RECEIVED.plus(MINUTE)));
    Instant time = Instant.parse("2026-01-02T00:00:00Z");
    assertThat(delayed(EVENT.withDeliverAt(time), MINUTE).received(MAIL, RECEIVED))
        .isEqualTo(due(RECEIVED, time.plus(MINUTE)));
  }

  @Test
  void timeBeforeTheReceipt_countsAsTheReceipt() {
    Event early = EVENT.withDeliverAt(RECEIVED.minus(MINUTE));

    assertThat(delayed(early, MINUTE).received(MAIL, RECEIVED))
        .isEqualTo(due(RECEIVED, RECEIVED.plus(MINUTE)));
  }
}
