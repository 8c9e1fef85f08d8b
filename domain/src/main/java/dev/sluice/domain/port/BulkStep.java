package dev.sluice.domain.port;

import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.List;
import java.util.Optional;

/// The result of one step of a bulk job.
///
/// @param job the job after the step
/// @param changed the events that the action was applied to
public record BulkStep(BulkJob job, List<ChangedEvent> changed) {

  public BulkStep {
    changed = List.copyOf(changed);
  }

  /// An event whose deliveries changed.
  ///
  /// @param key the event's ordering key
  /// @param subscriptions the subscriptions of the deliveries that changed
  public record ChangedEvent(
      EventId id, EventType type, Optional<String> key, List<SubscriptionName> subscriptions) {

    public ChangedEvent {
      subscriptions = List.copyOf(subscriptions);
    }

    /// Returns an event of which one delivery changed or was made.
    public static ChangedEvent of(Event event, SubscriptionName subscription) {
      return new ChangedEvent(
          event.id(), event.type(), event.attributes().key(), List.of(subscription));
    }
  }
}
