package dev.sluice.application.operate;

import dev.sluice.application.intake.IngestResult;
import dev.sluice.domain.event.Event;

/// An edited copy of an event, and what became of it.
///
/// @param original the event that was edited; it stays as it was
/// @param result whether the copy was stored
public record EditedReplay(Event original, IngestResult result) {}
