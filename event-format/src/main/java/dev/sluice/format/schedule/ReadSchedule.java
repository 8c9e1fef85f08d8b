package dev.sluice.format.schedule;

import dev.sluice.domain.schedule.ScheduleDefinition;
import dev.sluice.format.FieldProblem;
import java.util.List;

/// The result of reading the definition of a schedule.
public sealed interface ReadSchedule {

  /// The definition is valid.
  record Valid(ScheduleDefinition definition) implements ReadSchedule {}

  /// The definition is invalid.
  ///
  /// @param problems all its problems, or the first twenty
  record Invalid(List<FieldProblem> problems) implements ReadSchedule {

    public Invalid {
      problems = List.copyOf(problems);
    }
  }
}
