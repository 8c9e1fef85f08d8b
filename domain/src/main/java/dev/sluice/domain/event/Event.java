package dev.sluice.domain.event;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// An immutable fact that a producer sent.
///
/// The time of occurrence is kept to the millisecond, because that is what every response shows: a
/// filter with a time that was shown must find the event.
///
/// @param id identity; there is one stored copy per id
/// @param type what kind of fact it is
/// @param occurredAt when it happened, according to its producer
/// @param receivedAt when Sluice received it
/// @param payload its content
/// @param attributes further data from its producer
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

  /// Returns the time before which no delivery of the event begins: when it was received, unless
  /// its producer asked for a later time.
  public Instant deliverAt() {
    return attributes.deliverAt().filter(time -> time.isAfter(receivedAt)).orElse(receivedAt);
  }

  /// Returns the event with another time before which no delivery of it begins.
  public Event withDeliverAt(Instant time) {
    return new Event(id, type, occurredAt, receivedAt, payload, attributes.withDeliverAt(time));
  }

  /// Returns the event without a time after which no attempt of it begins.
  public Event withoutExpiry() {
    if (attributes.expiresAt().isEmpty()) {
      return this;
    }
    return new Event(id, type, occurredAt, receivedAt, payload, attributes.withoutExpiry());
  }

  /// Returns the length of its payload and attributes in UTF-16 units: a cheap measure of its
  /// memory use.
  public int length() {
    return payload.length() + attributes.length();
  }
}
