package dev.sluice.adapter.http.schedule;

import dev.sluice.adapter.http.ProblemException;
import dev.sluice.adapter.http.Problems;
import dev.sluice.domain.schedule.ScheduleDefinition;
import dev.sluice.domain.schedule.ScheduleName;
import dev.sluice.format.FieldProblem;
import dev.sluice.format.JsonCursor;
import dev.sluice.format.MalformedJsonException;
import dev.sluice.format.schedule.ReadSchedule;
import dev.sluice.format.schedule.ScheduleFormat;
import java.util.ArrayList;
import java.util.List;

/// Reads the definition of a schedule from the body of a request. A body may repeat the name of the
/// path.
final class ScheduleBody {

  /// Longer bodies are refused.
  static final int MAX_BYTES = 64 * 1024;

  private ScheduleBody() {}

  /// Returns the definition in a body.
  ///
  /// @throws ProblemException when it is not valid
  static ScheduleDefinition read(ScheduleName name, byte[] body) {
    try {
      JsonCursor json = JsonCursor.document(body);
      List<FieldProblem> problems = new ArrayList<>();
      ReadSchedule read =
          ScheduleFormat.read(
              json, member -> member.equals("name") && readName(json, name, problems));
      json.requireEnd();
      return switch (read) {
        case ReadSchedule.Valid(ScheduleDefinition definition) when problems.isEmpty() ->
            definition;
        case ReadSchedule.Valid _ -> throw new ProblemException(ScheduleProblems.invalid(problems));
        case ReadSchedule.Invalid(List<FieldProblem> others) -> {
          problems.addAll(others);
          throw new ProblemException(ScheduleProblems.invalid(problems));
        }
      };
    } catch (MalformedJsonException e) {
      throw new ProblemException(Problems.malformed(e));
    }
  }

  private static boolean readName(JsonCursor json, ScheduleName name, List<FieldProblem> problems) {
    if (!json.raw().equals('"' + name.value() + '"')) {
      problems.add(
          new FieldProblem("/name", "must be the name in the path: a schedule cannot be renamed"));
    }
    return true;
  }
}
