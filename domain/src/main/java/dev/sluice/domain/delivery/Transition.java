package dev.sluice.domain.delivery;

import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A change of an event or its deliveries, for counters, metrics and live views.
///
/// Some transitions hold the event itself with its payload, and so does the memory of those that
/// keep them.
public sealed interface Transition {

  /// Returns the type of the event concerned.
  EventType type();

  /// An event was stored.
  ///
  /// @param event the event with its deliveries, as they were stored
  record Accepted(EventSummary event) implements Transition {

    @Override
    public EventType type() {
      return event.event().type();
    }
  }

  /// A worker claimed a delivery.
  ///
  /// @param attempts the newest one is the one that begins
  /// @param at when it was claimed
  record Claimed(
      Event event,
      SubscriptionName subscription,
      AttemptCount attempts,
      WorkerId worker,
      Instant at)
      implements Transition {

    @Override
    public EventType type() {
      return event.type();
    }
  }

  /// An attempt ended and its outcome was recorded.
  ///
  /// @param attempts the newest one is the one that ended
  /// @param worker the worker that made it
  /// @param at when it ended
  /// @param handlerTime how long the handler ran
  /// @param sinceDue time since [Event#deliverAt]: since the event was received, unless it was
  ///   scheduled
  /// @param response what the receiver answered, if one was asked
  record Settled(
      Event event,
      SubscriptionName subscription,
      AttemptCount attempts,
      WorkerId worker,
      Resolution resolution,
      Instant at,
      Duration handlerTime,
      Duration sinceDue,
      Optional<Response> response)
      implements Transition {

    /// Creates the end of an attempt that asked no receiver.
    public Settled(
        Event event,
        SubscriptionName subscription,
        AttemptCount attempts,
        WorkerId worker,
        Resolution resolution,
        Instant at,
        Duration handlerTime,
        Duration sinceDue) {
      this(
          event,
          subscription,
          attempts,
          worker,
          resolution,
          at,
          handlerTime,
          sinceDue,
          Optional.empty());
    }

    @Override
    public EventType type() {
      return event.type();
    }

    /// Returns the new status of the delivery.
    public DeliveryStatus status() {
      return switch (resolution) {
        case Resolution.Complete() -> DeliveryStatus.COMPLETED;
        case Resolution.Retry _ -> DeliveryStatus.RETRYING;
        case Resolution.DeadLetter _ -> DeliveryStatus.FAILED;
        // Its state before the claim: earlier attempts are spent only if it was being retried.
        case Resolution.HandBack() ->
            attempts.spent() > 1 ? DeliveryStatus.RETRYING : DeliveryStatus.RECEIVED;
        case Resolution.Expire() -> DeliveryStatus.EXPIRED;
      };
    }

    /// Returns the failure, if the attempt failed.
    public Optional<FailureCause> cause() {
      return switch (resolution) {
        case Resolution.Retry(Instant _, FailureCause cause) -> Optional.of(cause);
        case Resolution.DeadLetter(FailureCause cause) -> Optional.of(cause);
        case Resolution.Complete(), Resolution.HandBack(), Resolution.Expire() -> Optional.empty();
      };
    }
  }

  /// A worker reported an outcome or extended its lease after it had lost the lease: nothing was
  /// changed.
  record LeaseLost(EventType type, DeliveryId delivery, int attempt) implements Transition {}

  /// An operator replayed a delivery.
  ///
  /// @param key the event's ordering key; empty also when it was not read
  record Replayed(
      EventId event, EventType type, Optional<String> key, SubscriptionName subscription)
      implements Transition {}

  /// A delivery of a stored event was made later.
  ///
  /// @param key the event's ordering key
  record Backfilled(
      EventId event, EventType type, Optional<String> key, SubscriptionName subscription)
      implements Transition {}

  /// An operator cancelled a waiting delivery.
  ///
  /// @param key the event's ordering key; empty also when it was not read
  record Cancelled(
      EventId event,
      EventType type,
      Optional<String> key,
      SubscriptionName subscription,
      Instant at)
      implements Transition {}

  /// An operator discarded a dead letter.
  ///
  /// @param key the event's ordering key; empty also when it was not read
  record Discarded(
      EventId event,
      EventType type,
      Optional<String> key,
      SubscriptionName subscription,
      Instant at)
      implements Transition {}
}
