package dev.sluice.format.schedule;

import dev.sluice.domain.schedule.Schedule;
import dev.sluice.domain.schedule.ScheduleDefinition;
import dev.sluice.domain.schedule.ScheduleName;
import dev.sluice.domain.schedule.ScheduleProgress;
import dev.sluice.format.MalformedJsonException;
import java.time.Instant;

/// A schedule as storages keep it: in texts, which a later version of Sluice may have written.
///
/// @param name its name
/// @param version the version of the set since which the definition holds
/// @param definition in JSON
/// @param changedBy who made it
/// @param changedAt when
/// @param progress which ticks were handled
public record StoredSchedule(
    String name,
    long version,
    String definition,
    String changedBy,
    Instant changedAt,
    ScheduleProgress progress) {

  /// Encodes a schedule.
  ///
  /// @throws IllegalArgumentException when it could not be decoded again
  public static StoredSchedule of(Schedule schedule) {
    var stored =
        new StoredSchedule(
            schedule.name().value(),
            schedule.version(),
            ScheduleFormat.write(schedule.definition()),
            schedule.changedBy(),
            schedule.changedAt(),
            schedule.progress());
    // Otherwise it would be stored, and then skipped by every node.
    var _ = stored.decode();
    return stored;
  }

  /// Returns the schedule.
  ///
  /// @throws IllegalArgumentException when this version of Sluice does not understand it
  Schedule decode() {
    return new Schedule(
        new ScheduleName(name), version, parsedDefinition(), changedBy, changedAt, progress);
  }

  private ScheduleDefinition parsedDefinition() {
    try {
      return switch (ScheduleFormat.read(definition)) {
        case ReadSchedule.Valid(ScheduleDefinition valid) -> valid;
        case ReadSchedule.Invalid(var problems) ->
            throw new IllegalArgumentException(
                problems.getFirst().name() + " " + problems.getFirst().detail());
      };
    } catch (MalformedJsonException e) {
      throw new IllegalArgumentException("its definition is damaged: " + e.getMessage(), e);
    }
  }
}
