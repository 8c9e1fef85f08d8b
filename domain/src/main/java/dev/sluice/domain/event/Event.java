package dev.sluice.domain.event;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// An immutable fact that a producer sent.
///
/// The time of occurrence is kept to the millisecond, because that is what every answer shows: a
/// filter that names the time it was shown must find the event.
///
/// @param id identity; one stored copy per id
/// @param type what kind of fact it is
/// @param occurredAt when it happened, as its producer says
/// @param receivedAt when Sluice took it in
/// @param payload its content
/// @param attributes what else its producer said about it
public record Event(
    EventId id,
    EventType type,
    Instant occurredAt,
    Instant receivedAt,
    Payload payload,
    Attributes attributes) {

  public Event {
    occurredAt = occurredAt.truncatedTo(ChronoUnit.MILLIS);
  }

  /// The length of its payload and attributes in UTF-16 units: a cheap measure of how much memory
  /// it takes.
  public int length() {
    return payload.length() + attributes.length();
  }
}
