package dev.sluice.application.operate;

import dev.sluice.domain.delivery.ReplayScope;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.Payload;
import dev.sluice.domain.lane.LanePlace;
import dev.sluice.domain.port.ControlResult;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Reschedules, replays, cancels and discards single events.
///
/// Every method may throw [dev.sluice.domain.port.StoreUnavailableException]; then the outcome is
/// unknown.
public interface ControlEvents {

  /// Moves the first attempts of an event's deliveries to another time; those that were attempted
  /// stay as they are. A time that has passed makes them due now.
  ///
  /// @param deliverAt from 1970 to 2099
  ControlResult reschedule(EventId id, Instant deliverAt);

  /// Replays those finished deliveries of an event that the scope includes.
  ///
  /// @param place where they enter their lanes, if their subscriptions are ordered; a dead letter
  ///   that blocks its lane becomes its head again
  ControlResult replay(EventId id, ReplayScope scope, LanePlace place);

  /// Stores a new event with another payload. Everything else but its times is copied from the
  /// original, which stays as it was and is named in the attribute `replay_of`.
  ///
  /// @return empty when the original does not exist
  Optional<EditedReplay> replayEdited(EventId id, Payload payload);

  /// Cancels the waiting deliveries of an event.
  ///
  /// @param subscriptions only deliveries for these; empty for all
  ControlResult cancel(EventId id, Set<SubscriptionName> subscriptions);

  /// Discards the dead letters of an event.
  ///
  /// @param subscriptions only deliveries for these; empty for all
  ControlResult discard(EventId id, Set<SubscriptionName> subscriptions);
}
