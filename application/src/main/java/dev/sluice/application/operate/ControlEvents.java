package dev.sluice.application.operate;

import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.Payload;
import dev.sluice.domain.port.ControlResult;
import java.util.Optional;

/// Replays, cancels and discards single events.
///
/// Every method may throw [dev.sluice.domain.port.StoreUnavailableException]; then the outcome is
/// unknown.
public interface ControlEvents {

  /// Replays the finished deliveries of an event.
  ControlResult replay(EventId id);

  /// Stores a new event with another payload. Everything else is copied from the original, which
  /// stays as it was and is named in the attribute `replay_of`.
  ///
  /// @return empty when the original does not exist
  Optional<EditedReplay> replayEdited(EventId id, Payload payload);

  /// Cancels the waiting deliveries of an event.
  ControlResult cancel(EventId id);

  /// Discards the dead letters of an event.
  ControlResult discard(EventId id);
}
