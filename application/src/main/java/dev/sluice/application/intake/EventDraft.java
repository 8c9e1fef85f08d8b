package dev.sluice.application.intake;

import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.event.Payload;
import java.time.Instant;
import java.util.Optional;

/// An event as a producer sent it. Its parts are valid; id and time may be missing.
///
/// Optional components are unusual here; they mark the two parts that a producer may leave to
/// Sluice.
///
/// @param id chosen by the producer; Sluice makes one when absent
/// @param type its type
/// @param occurredAt when it happened; the time of receipt when absent
/// @param payload its content
/// @param attributes its further properties
public record EventDraft(
    Optional<EventId> id,
    EventType type,
    Optional<Instant> occurredAt,
    Payload payload,
    Attributes attributes) {}
