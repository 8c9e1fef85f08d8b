package dev.sluice.domain.port;

import dev.sluice.domain.lane.Lanes;
import java.util.Optional;

/// The ports that one storage implements together, on the same events.
///
/// @param events stores events
/// @param deliveries hands deliveries out
/// @param control operator actions on one event
/// @param deadLetters groups dead letters
/// @param bulk operator actions on many events
/// @param lanes the lanes of ordered subscriptions; empty when subscriptions cannot be ordered
public record Storage(
    EventStore events,
    DeliveryQueue deliveries,
    DeliveryControl control,
    DeadLetters deadLetters,
    BulkJobs bulk,
    Optional<Lanes> lanes) {

  /// Creates a storage in which subscriptions cannot be ordered.
  public Storage(
      EventStore events,
      DeliveryQueue deliveries,
      DeliveryControl control,
      DeadLetters deadLetters,
      BulkJobs bulk) {
    this(events, deliveries, control, deadLetters, bulk, Optional.empty());
  }
}
