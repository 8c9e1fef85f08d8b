package dev.sluice.application.operate;

/// Signals a range for which there is no series.
public final class SeriesRangeException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String part;
  private final String problem;

  SeriesRangeException(String part, String problem) {
    super(problem);
    this.part = part;
    this.problem = problem;
  }

  /// The invalid part: `from`, `to` or `step`.
  public String part() {
    return part;
  }

  /// What is wrong with it, and what to do.
  public String problem() {
    return problem;
  }
}
