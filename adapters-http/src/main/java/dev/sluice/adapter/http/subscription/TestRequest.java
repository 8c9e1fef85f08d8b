package dev.sluice.adapter.http.subscription;

import dev.sluice.application.intake.EventDraft;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import java.util.Optional;

/// The body of a request to test a subscription.
///
/// @param sample the event
/// @param definition replaces the stored one; it need not be stored
/// @param isSent whether the sample is delivered
record TestRequest(Sample sample, Optional<SubscriptionDefinition> definition, boolean isSent) {

  /// The event of a test.
  sealed interface Sample {

    /// An event in the request.
    record Draft(EventDraft event) implements Sample {}

    /// A stored event.
    record Stored(EventId id) implements Sample {}
  }
}
