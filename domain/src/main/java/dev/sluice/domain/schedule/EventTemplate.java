package dev.sluice.domain.schedule;

import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.event.Payload;

/// What the events of a schedule have in common: all but their id and their time.
///
/// @param type their type
/// @param payload their content
/// @param attributes their source, subject, key and priority, as far as they have them
public record EventTemplate(EventType type, Payload payload, Attributes attributes) {}
