package dev.sluice.domain.schedule;

import java.util.Optional;

/// The result of storing or deleting a schedule.
public sealed interface ScheduleChangeResult {

  /// The new version was stored.
  record Stored(Schedule schedule) implements ScheduleChangeResult {}

  /// The schedule was deleted.
  record Deleted() implements ScheduleChangeResult {}

  /// Nothing was changed: the schedule is not at the expected version.
  ///
  /// @param actual what is stored instead; empty when there is none, or this version of Sluice does
  ///   not understand it
  record Conflict(Optional<Schedule> actual) implements ScheduleChangeResult {}

  /// Nothing was stored: there are [ScheduleStore#MAX_SCHEDULES] already.
  record Full() implements ScheduleChangeResult {}
}
