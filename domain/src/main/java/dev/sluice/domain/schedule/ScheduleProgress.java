package dev.sluice.domain.schedule;

import java.time.Instant;
import java.util.Optional;

/// The progress of a schedule: which ticks were handled. It only moves forward.
///
/// @param handledUntil ticks up to this time got their events, or never will
/// @param lastTick the newest tick that got its event; empty before the first one
public record ScheduleProgress(Instant handledUntil, Optional<Instant> lastTick) {

  /// Returns the progress of a new schedule: earlier ticks get no events.
  public static ScheduleProgress startingAt(Instant time) {
    return new ScheduleProgress(time, Optional.empty());
  }

  /// Returns the progress after the event of a tick was stored.
  public ScheduleProgress afterTick(Instant tick) {
    return new ScheduleProgress(tick, Optional.of(tick));
  }

  /// Returns the progress after all ticks up to this time were skipped, if that is later.
  public ScheduleProgress skippingTo(Instant time) {
    return time.isAfter(handledUntil) ? new ScheduleProgress(time, lastTick) : this;
  }
}
