package dev.sluice.application.stream;

import dev.sluice.domain.delivery.Change;
import dev.sluice.domain.delivery.DeliverySnapshot;
import dev.sluice.domain.delivery.ErrorFingerprint;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.Transition;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/// Converts transitions to changes, with only the content that may be kept: see [Change].
final class ChangeTexts {

  private static final String NONE = "";

  private final InstantSource clock;

  ChangeTexts(InstantSource clock) {
    this.clock = clock;
  }

  /// Passes the changes on, one for each delivery; none when nothing changed.
  void of(Transition transition, Consumer<Change> changes) {
    switch (transition) {
      case Transition.Accepted(EventSummary summary) -> accepted(summary, changes);
      case Transition.Claimed claimed -> changes.accept(claimed(claimed));
      case Transition.Settled settled -> changes.accept(settled(settled));
      case Transition.Replayed(var id, var type, var key, var subscription) ->
          changes.accept(received(id, type, key, subscription));
      case Transition.Backfilled(var id, var type, var key, var subscription) ->
          changes.accept(received(id, type, key, subscription));
      case Transition.Cancelled(var id, var type, var key, var subscription, var at) ->
          changes.accept(cancelled(id, type, key, subscription, at));
      case Transition.Discarded(var id, var type, var key, var subscription, var at) ->
          changes.accept(cancelled(id, type, key, subscription, at));
      case Transition.LeaseLost _ -> {
        // Nothing changed.
      }
    }
  }

  private static void accepted(EventSummary summary, Consumer<Change> changes) {
    Event event = summary.event();
    if (summary.deliveries().isEmpty()) {
      changes.accept(accepted(event, NONE, EventStatus.UNROUTED));
    }
    for (DeliverySnapshot delivery : summary.deliveries()) {
      changes.accept(accepted(event, delivery.subscription().value(), EventStatus.RECEIVED));
    }
  }

  /// Uses the time of receipt: the transition follows the storing of the event, and a worker may
  /// have been faster.
  private static Change accepted(Event event, String subscription, EventStatus status) {
    return new Change(
        event.receivedAt(),
        event.id(),
        event.type(),
        keyOf(event),
        subscription,
        status,
        0,
        NONE,
        NONE,
        NONE,
        NONE);
  }

  private static Change claimed(Transition.Claimed claimed) {
    return new Change(
        claimed.at(),
        claimed.event().id(),
        claimed.event().type(),
        keyOf(claimed.event()),
        claimed.subscription().value(),
        EventStatus.PROCESSING,
        claimed.attempts().started(),
        claimed.worker().value(),
        NONE,
        NONE,
        NONE);
  }

  private static Change settled(Transition.Settled settled) {
    Optional<FailureCause> cause = settled.cause();
    return new Change(
        settled.at(),
        settled.event().id(),
        settled.event().type(),
        keyOf(settled.event()),
        settled.subscription().value(),
        EventStatus.of(settled.status()),
        settled.attempts().started(),
        settled.worker().value(),
        cause.map(FailureCause::error).orElse(NONE),
        fingerprint(settled),
        cause.map(FailureCause::message).orElse(NONE));
  }

  private static String fingerprint(Transition.Settled settled) {
    return settled.resolution() instanceof Resolution.DeadLetter(FailureCause cause)
        ? ErrorFingerprint.of(settled.subscription(), cause).toString()
        : NONE;
  }

  private Change received(
      EventId id, EventType type, Optional<String> key, SubscriptionName subscription) {
    return new Change(
        clock.instant(),
        id,
        type,
        key.orElse(NONE),
        subscription.value(),
        EventStatus.RECEIVED,
        0,
        NONE,
        NONE,
        NONE,
        NONE);
  }

  private static Change cancelled(
      EventId id, EventType type, Optional<String> key, SubscriptionName subscription, Instant at) {
    return new Change(
        at,
        id,
        type,
        key.orElse(NONE),
        subscription.value(),
        EventStatus.CANCELLED,
        0,
        NONE,
        NONE,
        NONE,
        NONE);
  }

  private static String keyOf(Event event) {
    return event.attributes().key().orElse(NONE);
  }
}
