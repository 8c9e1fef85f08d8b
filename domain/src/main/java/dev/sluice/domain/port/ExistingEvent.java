package dev.sluice.domain.port;

import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.event.ContentDigest;
import dev.sluice.domain.event.EventId;
import java.time.Instant;
import java.util.Optional;

/// What a storage knows about a stored event whose id came again, without reading its payload.
///
/// @param id id of the event
/// @param sequence its place among all events
/// @param receivedAt when it was received
/// @param status status of the event, which follows from its deliveries
/// @param digest digest of its content, if one is stored; see [EventStore#keepDigests]
public record ExistingEvent(
    EventId id,
    long sequence,
    Instant receivedAt,
    EventStatus status,
    Optional<ContentDigest> digest) {

  /// Returns this event with this digest.
  public ExistingEvent with(ContentDigest computed) {
    return new ExistingEvent(id, sequence, receivedAt, status, Optional.of(computed));
  }
}
