package dev.sluice.adapter.http;

/// Ends a request with a problem.
public final class ProblemException extends RuntimeException {

  private final transient Problem problem;

  public ProblemException(Problem problem) {
    super(problem.detail());
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }

  /// Omits the stack trace: problems are expected and frequent, and a trace would only cost time.
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
