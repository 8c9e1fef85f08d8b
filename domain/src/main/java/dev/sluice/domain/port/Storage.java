package dev.sluice.domain.port;

/// The ports that one storage implements together, on the same events.
///
/// @param events stores events
/// @param deliveries hands deliveries out
/// @param control operator actions on one event
/// @param deadLetters groups dead letters
/// @param bulk operator actions on many events
public record Storage(
    EventStore events,
    DeliveryQueue deliveries,
    DeliveryControl control,
    DeadLetters deadLetters,
    BulkJobs bulk) {}
