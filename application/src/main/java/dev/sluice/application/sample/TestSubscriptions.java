package dev.sluice.application.sample;

import dev.sluice.application.intake.EventDraft;
import dev.sluice.application.routing.MatchExplainer;
import dev.sluice.application.routing.MatchExplanation;
import dev.sluice.application.sample.PreviewingHandler.Preview;
import dev.sluice.application.work.SampleAttempt;
import dev.sluice.application.work.SampleAttempts;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/// Shows what a subscription would do with an event. Neither needs to be stored, and nothing is.
public final class TestSubscriptions {

  private final MatchExplainer explainer;
  private final SampleAttempts attempts;
  private final InstantSource clock;
  private final Supplier<EventId> ids;
  private final BiFunction<SubscriptionName, Destination, Destination> destinations;

  /// @param ids makes ids for samples without one
  /// @param destinations completes the destinations of definitions that are not stored
  public TestSubscriptions(
      MatchExplainer explainer,
      SampleAttempts attempts,
      InstantSource clock,
      Supplier<EventId> ids,
      BiFunction<SubscriptionName, Destination, Destination> destinations) {
    this.explainer = explainer;
    this.attempts = attempts;
    this.clock = clock;
    this.ids = ids;
    this.destinations = destinations;
  }

  /// Returns a definition that is not stored as it would be stored for a subscription.
  ///
  /// @throws dev.sluice.domain.destination.RefusedDestinationException when it could not be stored
  public SubscriptionDefinition completed(
      SubscriptionName name, SubscriptionDefinition definition) {
    return definition.with(destinations.apply(name, definition.destination()));
  }

  /// Returns the event that a draft would become if it was received now.
  public Event sampleOf(EventDraft draft) {
    Instant now = clock.instant();
    return new Event(
        draft.id().orElseGet(ids),
        draft.type(),
        draft.occurredAt().orElse(now),
        now,
        draft.payload(),
        draft.attributes());
  }

  /// Explains whether and why the event goes to the subscription.
  public MatchExplanation explain(Subscription subscription, Event sample) {
    return explainer.explain(subscription, sample);
  }

  /// Returns what the first attempt would do; empty when this node has no handler for the
  /// destination, or one that cannot say it.
  public Optional<Preview> preview(Subscription subscription, Event sample) {
    return attempts
        .handlerOf(subscription)
        .filter(PreviewingHandler.class::isInstance)
        .map(PreviewingHandler.class::cast)
        .map(handler -> handler.preview(sample, attempts.contextOf(subscription)));
  }

  /// Makes one attempt outside of the queue, whether or not the event matches.
  public SampleAttempt send(Subscription subscription, Event sample) {
    return attempts.make(subscription, sample);
  }
}
