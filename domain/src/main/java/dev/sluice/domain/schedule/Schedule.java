package dev.sluice.domain.schedule;

import java.time.Instant;

/// A stored schedule: one event for each of its ticks.
///
/// @param name unique name
/// @param version the version of the set of all schedules since which the definition holds
/// @param definition when, and which events
/// @param changedBy who made this version
/// @param changedAt when, by the clock of the node that made it
/// @param progress which ticks were handled; it changes without a new version
public record Schedule(
    ScheduleName name,
    long version,
    ScheduleDefinition definition,
    String changedBy,
    Instant changedAt,
    ScheduleProgress progress) {

  /// Returns this schedule with another progress.
  public Schedule with(ScheduleProgress other) {
    return new Schedule(name, version, definition, changedBy, changedAt, other);
  }
}
