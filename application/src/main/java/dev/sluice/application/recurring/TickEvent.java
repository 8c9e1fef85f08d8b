package dev.sluice.application.recurring;

import dev.sluice.application.intake.EventDraft;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.schedule.EventTemplate;
import dev.sluice.domain.schedule.Schedule;
import java.time.Instant;
import java.util.Optional;

/// The event of a tick.
final class TickEvent {

  private TickEvent() {}

  /// Returns the event. Its id is the same on every node and each time, so that it is stored once.
  static EventDraft of(Schedule schedule, Instant tick) {
    EventTemplate template = schedule.definition().event();
    return new EventDraft(
        Optional.of(new EventId(schedule.name() + "@" + tick)),
        template.type(),
        Optional.of(tick),
        template.payload(),
        template.attributes());
  }
}
