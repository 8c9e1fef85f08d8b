package dev.sluice.application.recurring;

import dev.sluice.domain.schedule.Schedule;
import java.util.Optional;

/// The result of editing a schedule.
public sealed interface ScheduleEdit {

  /// The edit is in force: on all nodes within about a second.
  ///
  /// @param schedule the new version
  /// @param isNew whether no schedule of this name existed before
  record Done(Schedule schedule, boolean isNew) implements ScheduleEdit {}

  /// What is asked for is stored; no new version was made.
  record Unchanged(Schedule schedule) implements ScheduleEdit {}

  /// The schedule was deleted. Its events stay.
  record Deleted() implements ScheduleEdit {}

  /// There is no such schedule; nothing was changed.
  record NotFound() implements ScheduleEdit {}

  /// Another version is stored than the caller expected; nothing was changed.
  ///
  /// @param actual what is stored; empty when there is none
  record Conflict(Optional<Schedule> actual) implements ScheduleEdit {}

  /// The maximum number of schedules is stored; nothing was changed.
  record Full() implements ScheduleEdit {}
}
