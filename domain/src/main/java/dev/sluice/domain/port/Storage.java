package dev.sluice.domain.port;

/// The ports that one storage gives together; they see the same events.
///
/// @param events keeps events
/// @param deliveries hands them out
/// @param control what operators do to them
/// @param deadLetters groups those that died
/// @param bulk what operators do to many at once
public record Storage(
    EventStore events,
    DeliveryQueue deliveries,
    DeliveryControl control,
    DeadLetters deadLetters,
    BulkJobs bulk) {}
