package dev.sluice.domain.port;

import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;

/// What operators do to deliveries. May throw [StoreUnavailableException]; then the outcome is
/// unknown.
public interface DeliveryControl {

  /// Puts every finished delivery of the event back to work with a fresh budget of attempts; its
  /// history stays.
  ///
  /// Not allowed when no delivery of the event is finished, also when it has none at all.
  ControlResult replay(EventId id);

  /// Takes every waiting delivery of the event out. Not allowed when none waits.
  ControlResult cancel(EventId id);

  /// Puts up to `limit` dead letters that pass the filter back to work, newest first.
  ///
  /// @param filter its statuses are ignored: only events in status `failed` are taken
  /// @return the events, as they are now, and where to go on
  Page<ReplayedEvent> replayDeadLetters(EventFilter filter, PageRequest page);

  /// An event whose dead deliveries went back to work.
  record ReplayedEvent(EventId id, EventType type, int deliveries) {}
}
