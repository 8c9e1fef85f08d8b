package dev.sluice.application.operate;

import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.ControlResult;

/// Changes what becomes of events.
///
/// Every method may throw [dev.sluice.domain.port.StoreUnavailableException]; then the outcome is
/// unknown.
public interface ControlEvents {

  /// Puts the finished deliveries of an event back to work.
  ControlResult replay(EventId id);

  /// Takes the waiting deliveries of an event out.
  ControlResult cancel(EventId id);

  /// Takes the dead deliveries of an event off the dead letters.
  ControlResult discard(EventId id);
}
