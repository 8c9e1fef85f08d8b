package dev.sluice.application.recurring;

import dev.sluice.application.schedule.NextRun;
import dev.sluice.domain.schedule.CronFormat;
import dev.sluice.domain.schedule.CronResult;
import dev.sluice.domain.schedule.Schedule;
import dev.sluice.domain.schedule.ScheduleDefinition;
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

  private static final Ticks NONE = _ -> Optional.empty();

  static KnownSchedule of(Schedule schedule, CronFormat cron, NextRun nextTry) {
    ScheduleDefinition definition = schedule.definition();
    Ticks ticks =
        definition.isEnabled()
                && cron.read(definition.cron(), definition.zone())
                    instanceof CronResult.Valid(Ticks valid)
            ? valid
            : NONE;
    return new KnownSchedule(
        schedule, ticks, ticks.after(schedule.progress().handledUntil()), nextTry);
  }

  boolean isDue(Instant now) {
    return next.filter(tick -> !tick.isAfter(now)).isPresent() && nextTry.isDue();
  }
}
