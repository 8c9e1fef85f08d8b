package dev.sluice.application.operate;

import dev.sluice.application.intake.IngestResult;
import dev.sluice.domain.event.Event;

/// An event whose payload was edited and sent again.
///
/// @param original the event that was edited; it stays as it was
/// @param result whether the new event was stored
public record EditedReplay(Event original, IngestResult result) {}
