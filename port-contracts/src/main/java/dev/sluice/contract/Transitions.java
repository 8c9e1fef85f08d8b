package dev.sluice.contract;

import dev.sluice.domain.delivery.AttemptCount;
import dev.sluice.domain.delivery.DeliverySnapshot;
import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.Transition;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;

/// Transitions for tests, of an event `e-1` where the event does not matter.
public final class Transitions {

  /// The worker that makes the attempts.
  public static final WorkerId WORKER = new WorkerId("worker-1");

  private static final AttemptCount FIRST = new AttemptCount(1, 1);

  private Transitions() {}

  /// An event of this type was stored with this number of deliveries.
  public static Transition.Accepted accepted(EventType type, int deliveries) {
    return accepted(event(type), deliveries);
  }

  /// The event was stored with this number of deliveries.
  public static Transition.Accepted accepted(Event event, int deliveries) {
    return new Transition.Accepted(
        new EventSummary(
            event,
            IntStream.range(0, deliveries)
                .mapToObj(number -> waiting(number == 0 ? "default" : "other-" + number, event))
                .toList()));
  }

  private static DeliverySnapshot waiting(String subscription, Event event) {
    return new DeliverySnapshot(
        new SubscriptionName(subscription),
        new DeliveryState.Received(AttemptCount.NONE, event.receivedAt()));
  }

  /// [#WORKER] claimed the first attempt of the event.
  public static Transition.Claimed claimed(Event event) {
    return new Transition.Claimed(
        event, SubscriptionName.DEFAULT, FIRST, WORKER, SettableClock.START);
  }

  /// The first attempt of an event of this type ended; it took no time.
  public static Transition.Settled settled(EventType type, Resolution resolution) {
    return settled(event(type), resolution, Duration.ZERO, Duration.ZERO);
  }

  /// The first attempt of the event ended.
  public static Transition.Settled settled(
      Event event, Resolution resolution, Duration handlerTime, Duration sinceDue) {
    return new Transition.Settled(
        event,
        SubscriptionName.DEFAULT,
        FIRST,
        WORKER,
        resolution,
        SettableClock.START,
        handlerTime,
        sinceDue);
  }

  /// The first attempt of an event of this type ended for a subscription; it took no time.
  public static Transition.Settled settled(
      EventType type, SubscriptionName subscription, Resolution resolution) {
    return new Transition.Settled(
        event(type),
        subscription,
        FIRST,
        WORKER,
        resolution,
        SettableClock.START,
        Duration.ZERO,
        Duration.ZERO);
  }

  /// An operator replayed a delivery of the event.
  public static Transition.Replayed replayed(Event event) {
    return new Transition.Replayed(
        event.id(), event.type(), event.attributes().key(), SubscriptionName.DEFAULT);
  }

  /// An operator replayed a delivery of an event of this type.
  public static Transition.Replayed replayed(EventType type) {
    return replayed(event(type));
  }

  /// An operator cancelled a delivery of an event of this type when a [SettableClock] begins.
  public static Transition.Cancelled cancelled(EventType type) {
    return new Transition.Cancelled(
        event(type).id(), type, Optional.empty(), SubscriptionName.DEFAULT, SettableClock.START);
  }

  private static Event event(EventType type) {
    return Events.event("e-1", type.value(), SettableClock.START);
  }
}
