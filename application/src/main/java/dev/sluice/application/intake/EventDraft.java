package dev.sluice.application.intake;

import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.event.Payload;
import java.time.Instant;
import java.util.Optional;

/// What a producer sent, checked piece by piece but not yet an event.
///
/// Optional components are unusual here; they say that the producer may leave these two to Sluice.
///
/// @param id the id the producer chose; one is made when absent
/// @param type its type
/// @param occurredAt when it happened; the time of receipt when absent
/// @param payload its content
/// @param attributes what else was said about it
public record EventDraft(
    Optional<EventId> id,
    EventType type,
    Optional<Instant> occurredAt,
    Payload payload,
    Attributes attributes) {}
