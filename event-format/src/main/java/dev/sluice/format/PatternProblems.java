package dev.sluice.format;

import java.util.ArrayList;
import java.util.List;

/// Collects the problems with a pattern, up to a limit. Used by one thread.
final class PatternProblems {

  private static final int MOST = 20;

  private final List<FieldProblem> problems = new ArrayList<>();

  void add(String pointer, String detail) {
    if (problems.size() < MOST) {
      problems.add(new FieldProblem(pointer, detail));
    }
  }

  int count() {
    return problems.size();
  }

  List<FieldProblem> all() {
    return List.copyOf(problems);
  }
}
