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
import java.util.List;
import java.util.Optional;

/// Converts transitions to changes, with only the content that may be kept: see [Change].
final class ChangeTexts {

  private static final String NONE = "";

  private final InstantSource clock;

  ChangeTexts(InstantSource clock) {
    this.clock = clock;
  }

  /// The changes, one for each delivery; none when nothing changed.
  List<Change> of(Transition transition) {
    return switch (transition) {
      case Transition.Accepted(EventSummary summary) -> accepted(summary);
      case Transition.Claimed claimed -> List.of(claimed(claimed));
      case Transition.Settled settled -> List.of(settled(settled));
      case Transition.Replayed(var id, var type, var key, var subscription) ->
          List.of(received(id, type, key, subscription));
      case Transition.Backfilled(var id, var type, var key, var subscription) ->
          List.of(received(id, type, key, subscription));
      case Transition.Cancelled(var id, var type, var key, var subscription, var at) ->
          List.of(cancelled(id, type, key, subscription, at));
      case Transition.Discarded(var id, var type, var key, var subscription, var at) ->
          List.of(cancelled(id, type, key, subscription, at));
      case Transition.LeaseLost _ -> List.of();
    };
  }

  private static List<Change> accepted(EventSummary summary) {
    List<DeliverySnapshot> deliveries = summary.deliveries();
    return deliveries.isEmpty()
        ? List.of(accepted(summary.event(), NONE, EventStatus.UNROUTED))
        : deliveries.stream()
            .map(
                delivery ->
                    accepted(
                        summary.event(), delivery.subscription().value(), EventStatus.RECEIVED))
            .toList();
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

  private Change claimed(Transition.Claimed claimed) {
    return new Change(
        clock.instant(),
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

  private Change settled(Transition.Settled settled) {
    Optional<FailureCause> cause = settled.cause();
    return new Change(
        clock.instant(),
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
