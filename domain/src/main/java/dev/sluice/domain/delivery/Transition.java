package dev.sluice.domain.delivery;

import dev.sluice.domain.event.EventType;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;

/// News about events and deliveries, for those who count, measure and show.
public sealed interface Transition {

  /// The type of the event concerned.
  EventType type();

  /// An event was stored.
  ///
  /// @param event the event with its deliveries, none of which may be begun
  record Accepted(EventSummary event) implements Transition {

    @Override
    public EventType type() {
      return event.event().type();
    }
  }

  /// An attempt was over and its outcome recorded.
  ///
  /// @param handlerTime how long the handler ran
  /// @param sinceReceived how long ago the event had been received
  record Settled(
      EventType type,
      SubscriptionName subscription,
      Resolution resolution,
      Duration handlerTime,
      Duration sinceReceived)
      implements Transition {}

  /// A worker reported an outcome, or asked for more time, after its lease had been taken away: it
  /// changed nothing.
  record LeaseLost(EventType type, DeliveryId delivery, int attempt) implements Transition {}

  /// An operator put deliveries of an event back to work.
  record Replayed(EventType type, int deliveries) implements Transition {}

  /// An operator took deliveries of an event out.
  record Cancelled(EventType type, int deliveries, Instant at) implements Transition {}

  /// An operator took dead deliveries of an event off the dead letters.
  record Discarded(EventType type, int deliveries) implements Transition {}
}
