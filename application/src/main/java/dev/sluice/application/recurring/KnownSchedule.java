package dev.sluice.application.recurring;

import dev.sluice.application.schedule.NextRun;
import dev.sluice.domain.schedule.Schedule;
import dev.sluice.domain.schedule.Ticks;
import java.time.Instant;
import java.util.Optional;

/// A schedule as this node last read it, with its ticks. Used by one thread.
///
/// @param schedule as it was read; another node may have handled more ticks
/// @param ticks its ticks
/// @param next its first tick that is not handled; empty when there is none
/// @param nextTry not before then
record KnownSchedule(Schedule schedule, Ticks ticks, Optional<Instant> next, NextRun nextTry) {

  static KnownSchedule of(Schedule schedule, Ticks ticks, NextRun nextTry) {
    return new KnownSchedule(
        schedule, ticks, ticks.after(schedule.progress().handledUntil()), nextTry);
  }

  boolean isDue(Instant now) {
    return next.filter(tick -> !tick.isAfter(now)).isPresent() && nextTry.isDue();
  }
}
