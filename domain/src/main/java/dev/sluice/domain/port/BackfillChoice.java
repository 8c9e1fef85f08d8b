package dev.sluice.domain.port;

import dev.sluice.domain.event.Event;
import java.util.List;
import java.util.Optional;

/// The events for which the next step of a back-fill makes deliveries.
///
/// @param events events that match, newest first
/// @param next where the step after it begins; empty for after the last of the events
public record BackfillChoice(List<Event> events, Optional<Cursor> next) {

  public BackfillChoice {
    events = List.copyOf(events);
  }
}
