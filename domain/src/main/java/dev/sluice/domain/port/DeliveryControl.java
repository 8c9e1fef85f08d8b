package dev.sluice.domain.port;

import dev.sluice.domain.event.EventId;

/// What operators do to deliveries. May throw [StoreUnavailableException]; then the outcome is
/// unknown. May throw [DamagedEventException]; then nothing was changed.
public interface DeliveryControl {

  /// Puts every finished delivery of the event back to work with a fresh budget of attempts; its
  /// history stays.
  ///
  /// Not allowed when no delivery of the event is finished, also when it has none at all.
  ControlResult replay(EventId id);

  /// Takes every waiting delivery of the event out. Not allowed when none waits.
  ControlResult cancel(EventId id);

  /// Takes every dead delivery of the event off the dead letters: it is cancelled, and its history
  /// stays. Not allowed when none is dead.
  ControlResult discard(EventId id);
}
