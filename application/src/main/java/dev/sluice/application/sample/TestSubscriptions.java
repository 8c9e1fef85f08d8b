package dev.sluice.application.sample;

import dev.sluice.application.intake.EventDraft;
import dev.sluice.application.routing.MatchExplainer;
import dev.sluice.application.routing.MatchExplanation;
import dev.sluice.application.sample.PreviewingHandler.Preview;
import dev.sluice.application.work.SampleAttempt;
import dev.sluice.application.work.SampleAttempts;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.subscription.Subscription;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/// Shows what a subscription would do with an event. Neither needs to be stored, and nothing is.
public final class TestSubscriptions {

  private final MatchExplainer explainer;
  private final SampleAttempts attempts;
  private final InstantSource clock;
  private final Supplier<EventId> ids;

  /// @param ids makes ids for samples without one
  public TestSubscriptions(
      MatchExplainer explainer,
      SampleAttempts attempts,
      InstantSource clock,
      Supplier<EventId> ids) {
    this.explainer = explainer;
    this.attempts = attempts;
    this.clock = clock;
    this.ids = ids;
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
