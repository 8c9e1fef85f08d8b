package dev.sluice.domain.port;

import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import java.util.List;
import java.util.Optional;

/// What one step of a bulk job did.
///
/// @param job as it is after the step
/// @param changed the events that the action was done to
public record BulkStep(BulkJob job, List<ChangedEvent> changed) {

  public BulkStep {
    changed = List.copyOf(changed);
  }

  /// An event whose deliveries changed.
  ///
  /// @param key the event's ordering key
  /// @param deliveries how many of them
  public record ChangedEvent(EventId id, EventType type, Optional<String> key, int deliveries) {}
}
