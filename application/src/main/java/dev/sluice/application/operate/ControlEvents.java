package dev.sluice.application.operate;

import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.ControlResult;
import dev.sluice.domain.port.EventFilter;

/// Changes what becomes of events.
///
/// Every method may throw [dev.sluice.domain.port.StoreUnavailableException]; then the outcome is
/// unknown.
public interface ControlEvents {

  /// Puts the finished deliveries of an event back to work.
  ControlResult replay(EventId id);

  /// Takes the waiting deliveries of an event out.
  ControlResult cancel(EventId id);

  /// Puts dead letters that pass the filter back to work, newest first.
  ///
  /// @param limit at most so many
  BulkReplay replayDeadLetters(EventFilter filter, int limit);

  /// What a bulk replay did.
  ///
  /// @param replayed events that went back to work
  /// @param isComplete whether none were left because of the limit
  record BulkReplay(int replayed, boolean isComplete) {}
}
