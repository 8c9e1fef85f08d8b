package dev.sluice.application.operate;

/// Nobody can answer for such a range.
public final class SeriesRangeException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String part;
  private final String problem;

  SeriesRangeException(String part, String problem) {
    super(problem);
    this.part = part;
    this.problem = problem;
  }

  /// What is at fault: `from`, `to` or `step`.
  public String part() {
    return part;
  }

  /// What is wrong with it, and what to do.
  public String problem() {
    return problem;
  }
}
