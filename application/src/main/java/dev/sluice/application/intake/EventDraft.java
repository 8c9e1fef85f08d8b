package dev.sluice.application.intake;

import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.event.Payload;
import dev.sluice.domain.subscription.DeliveryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// An event as a producer sent it. Its parts are valid; id and time may be missing.
///
/// Optional components are unusual here; they mark the parts that a producer may leave out.
///
/// @param id chosen by the producer; Sluice makes one when absent
/// @param type its type
/// @param occurredAt when it happened; the time of receipt when absent
/// @param payload its content
/// @param attributes its further properties
/// @param delay how long after its receipt its deliveries begin; not together with
///   [Attributes#DELIVER_AT]; at most [#MAX_DELAY]
/// @param expiresAfter how long after that its deliveries may still begin; not together with
///   [Attributes#EXPIRES_AT]; at most [#MAX_DELAY]
public record EventDraft(
    Optional<EventId> id,
    EventType type,
    Optional<Instant> occurredAt,
    Payload payload,
    Attributes attributes,
    Optional<Duration> delay,
    Optional<Duration> expiresAfter) {

  /// Longer delays are rejected.
  public static final Duration MAX_DELAY = DeliveryPolicy.MAX_DELAY;

  /// Creates a draft without a delay and an expiry.
  public EventDraft(
      Optional<EventId> id,
      EventType type,
      Optional<Instant> occurredAt,
      Payload payload,
      Attributes attributes) {
    this(id, type, occurredAt, payload, attributes, Optional.empty(), Optional.empty());
  }

  /// Returns the draft with another id.
  public EventDraft withId(Optional<EventId> other) {
    return new EventDraft(other, type, occurredAt, payload, attributes, delay, expiresAfter);
  }

  /// Returns the draft with another type.
  public EventDraft withType(EventType other) {
    return new EventDraft(id, other, occurredAt, payload, attributes, delay, expiresAfter);
  }
}
