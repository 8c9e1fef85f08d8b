package dev.sluice.domain.delivery;

import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// News about events and deliveries, for those who count, measure and show.
///
/// Some hold the event itself, with its payload: whoever keeps them keeps that, too.
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

  /// A delivery went to a worker.
  ///
  /// @param attempts the newest one is that which the worker is to make
  record Claimed(Event event, SubscriptionName subscription, AttemptCount attempts, WorkerId worker)
      implements Transition {

    @Override
    public EventType type() {
      return event.type();
    }
  }

  /// An attempt was over and its outcome recorded.
  ///
  /// @param attempts the newest one is that which is over
  /// @param worker who made it
  /// @param handlerTime how long the handler ran
  /// @param sinceReceived how long ago the event had been received
  record Settled(
      Event event,
      SubscriptionName subscription,
      AttemptCount attempts,
      WorkerId worker,
      Resolution resolution,
      Duration handlerTime,
      Duration sinceReceived)
      implements Transition {

    @Override
    public EventType type() {
      return event.type();
    }

    /// The state that the delivery went to.
    public DeliveryStatus status() {
      return switch (resolution) {
        case Resolution.Complete() -> DeliveryStatus.COMPLETED;
        case Resolution.Retry _ -> DeliveryStatus.RETRYING;
        case Resolution.DeadLetter _ -> DeliveryStatus.FAILED;
        // Back to where it waited before: attempts were spent only while it was being retried.
        case Resolution.HandBack() ->
            attempts.spent() > 1 ? DeliveryStatus.RETRYING : DeliveryStatus.RECEIVED;
      };
    }

    /// What went wrong, if anything did.
    public Optional<FailureCause> cause() {
      return switch (resolution) {
        case Resolution.Retry(Instant _, FailureCause cause) -> Optional.of(cause);
        case Resolution.DeadLetter(FailureCause cause) -> Optional.of(cause);
        case Resolution.Complete(), Resolution.HandBack() -> Optional.empty();
      };
    }
  }

  /// A worker reported an outcome, or asked for more time, after its lease had been taken away: it
  /// changed nothing.
  record LeaseLost(EventType type, DeliveryId delivery, int attempt) implements Transition {}

  /// An operator put deliveries of an event back to work.
  ///
  /// @param key the event's ordering key; empty also where it was not looked at
  record Replayed(EventId event, EventType type, Optional<String> key, int deliveries)
      implements Transition {}

  /// An operator took deliveries of an event out.
  record Cancelled(EventId event, EventType type, Optional<String> key, int deliveries, Instant at)
      implements Transition {}

  /// An operator took dead deliveries of an event off the dead letters.
  ///
  /// @param key the event's ordering key; empty also where it was not looked at
  record Discarded(EventId event, EventType type, Optional<String> key, int deliveries, Instant at)
      implements Transition {}
}
