package dev.sluice.domain.port;

import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.event.ContentDigest;
import dev.sluice.domain.event.EventId;
import java.time.Instant;
import java.util.Optional;

/// What a storage says of an event whose id came again: all that can be told without reading its
/// payload.
///
/// @param id its id
/// @param sequence its place among all events
/// @param receivedAt when it was taken in
/// @param status what its deliveries come to
/// @param digest of its content, if one is stored; see [EventStore#keepDigests]
public record ExistingEvent(
    EventId id,
    long sequence,
    Instant receivedAt,
    EventStatus status,
    Optional<ContentDigest> digest) {

  /// The same event with this digest.
  public ExistingEvent with(ContentDigest computed) {
    return new ExistingEvent(id, sequence, receivedAt, status, Optional.of(computed));
  }
}
