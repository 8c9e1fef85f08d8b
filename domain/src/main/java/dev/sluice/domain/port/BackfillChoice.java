package dev.sluice.domain.port;

import dev.sluice.domain.delivery.AttemptCount;
import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.event.Event;
import java.time.Instant;
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

  /// Returns the state of a delivery that is made for an event: due now, or when the event says.
  public static DeliveryState.Received received(Event event, Instant now) {
    return new DeliveryState.Received(AttemptCount.NONE, now).reschedule(event.deliverAt(), now);
  }
}
