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

/// News for tests, of an event `e-1` where it does not matter which.
public final class Transitions {

  /// Who makes the attempts.
  public static final WorkerId WORKER = new WorkerId("worker-1");

  private static final AttemptCount FIRST = new AttemptCount(1, 1);

  private Transitions() {}

  /// An event of this type was stored, for so many subscriptions.
  public static Transition.Accepted accepted(EventType type, int deliveries) {
    return accepted(event(type), deliveries);
  }

  /// The event was stored, for so many subscriptions.
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

  /// The first attempt of the event went to [#WORKER].
  public static Transition.Claimed claimed(Event event) {
    return new Transition.Claimed(event, SubscriptionName.DEFAULT, FIRST, WORKER);
  }

  /// The first attempt of an event of this type was over, which took no time.
  public static Transition.Settled settled(EventType type, Resolution resolution) {
    return settled(event(type), resolution, Duration.ZERO, Duration.ZERO);
  }

  /// The first attempt of the event was over.
  public static Transition.Settled settled(
      Event event, Resolution resolution, Duration handlerTime, Duration sinceReceived) {
    return new Transition.Settled(
        event, SubscriptionName.DEFAULT, FIRST, WORKER, resolution, handlerTime, sinceReceived);
  }

  /// An operator put deliveries of the event back to work.
  public static Transition.Replayed replayed(Event event, int deliveries) {
    return new Transition.Replayed(event.id(), event.type(), event.attributes().key(), deliveries);
  }

  /// An operator put deliveries of an event of this type back to work.
  public static Transition.Replayed replayed(EventType type, int deliveries) {
    return replayed(event(type), deliveries);
  }

  /// An operator took deliveries of an event of this type out when a [SettableClock] begins.
  public static Transition.Cancelled cancelled(EventType type, int deliveries) {
    return new Transition.Cancelled(
        event(type).id(), type, Optional.empty(), deliveries, SettableClock.START);
  }

  private static Event event(EventType type) {
    return Events.event("e-1", type.value(), SettableClock.START);
  }
}
