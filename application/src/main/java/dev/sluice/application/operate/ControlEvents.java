package dev.sluice.application.operate;

import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.Payload;
import dev.sluice.domain.port.ControlResult;
import java.util.Optional;

/// Changes what becomes of events.
///
/// Every method may throw [dev.sluice.domain.port.StoreUnavailableException]; then the outcome is
/// unknown.
public interface ControlEvents {

  /// Puts the finished deliveries of an event back to work.
  ControlResult replay(EventId id);

  /// Stores a new event with another payload and everything else from an event, which it names in
  /// its attribute `replay_of`. The original stays as it was.
  ///
  /// @return nothing when there is no such event
  Optional<EditedReplay> replayEdited(EventId id, Payload payload);

  /// Takes the waiting deliveries of an event out.
  ControlResult cancel(EventId id);

  /// Takes the dead deliveries of an event off the dead letters.
  ControlResult discard(EventId id);
}
