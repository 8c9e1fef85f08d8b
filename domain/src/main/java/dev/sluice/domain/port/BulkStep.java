package dev.sluice.domain.port;

import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import java.util.List;

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
  /// @param deliveries how many of them
  public record ChangedEvent(EventId id, EventType type, int deliveries) {}
}
