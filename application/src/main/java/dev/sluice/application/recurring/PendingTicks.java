package dev.sluice.application.recurring;

import dev.sluice.application.intake.EventDraft;
import dev.sluice.domain.schedule.DueTicks;
import dev.sluice.domain.schedule.Schedule;
import dev.sluice.domain.schedule.ScheduleName;
import java.time.Instant;
import java.util.List;

/// What one pass does for a schedule.
///
/// @param schedule as it is stored
/// @param due what is due of it
/// @param ticks those due ticks that get their events in this pass, the earliest first
record PendingTicks(Schedule schedule, DueTicks due, List<Instant> ticks) {

  /// @param room how many ticks may get their events in this pass
  static PendingTicks of(KnownSchedule known, Instant now, int room) {
    Schedule schedule = known.schedule();
    DueTicks due =
        DueTicks.of(
            known.ticks(),
            schedule.definition().catchUp(),
            schedule.progress().handledUntil(),
            now);
    return new PendingTicks(schedule, due, due.toEmit().stream().limit(room).toList());
  }

  ScheduleName name() {
    return schedule.name();
  }

  /// Returns how much of a pass it takes: moving the progress costs as much as an event.
  int cost() {
    return Math.max(1, ticks.size());
  }

  List<EventDraft> drafts() {
    return ticks.stream().map(tick -> TickEvent.of(schedule, tick)).toList();
  }
}
