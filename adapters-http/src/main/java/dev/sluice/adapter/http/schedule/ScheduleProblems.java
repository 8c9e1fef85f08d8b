package dev.sluice.adapter.http.schedule;

import dev.sluice.adapter.http.Problem;
import dev.sluice.adapter.http.ProblemCode;
import dev.sluice.adapter.http.Problems;
import dev.sluice.application.recurring.ScheduleEdit;
import dev.sluice.domain.schedule.ScheduleStore;
import dev.sluice.format.FieldProblem;
import java.util.List;

/// The problems that keep a schedule from being edited.
final class ScheduleProblems {

  private ScheduleProblems() {}

  static Problem notFound(String name) {
    return Problems.notFound(
        "There is no schedule named "
            + Problems.shorten(name)
            + "; list the schedules with GET /schedules.");
  }

  static Problem invalidName() {
    return Problem.of(
        ProblemCode.INVALID_SCHEDULE,
        "Choose a name of 1 to 64 characters from a-z, 0-9, '-', '_' and '.'. Nothing was"
            + " changed.");
  }

  static Problem invalid(List<FieldProblem> problems) {
    return Problem.of(
        ProblemCode.INVALID_SCHEDULE,
        "Fix the fields listed in \"errors\" and resend. Nothing was changed.",
        problems);
  }

  static Problem conflict(ScheduleEdit.Conflict conflict) {
    String now =
        conflict
            .actual()
            .map(actual -> "it is at version " + actual.version() + " by " + actual.changedBy())
            .orElse("it does not exist");
    return Problem.of(
        ProblemCode.PRECONDITION_FAILED,
        "Get the current version and reapply the change: " + now + ". Nothing was changed.");
  }

  static Problem full() {
    return Problem.of(
        ProblemCode.TOO_MANY_SCHEDULES,
        "Delete a schedule first: there are "
            + ScheduleStore.MAX_SCHEDULES
            + ", which is the limit. Nothing was changed.");
  }
}
