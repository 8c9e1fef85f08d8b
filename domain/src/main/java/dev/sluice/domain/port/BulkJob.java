package dev.sluice.domain.port;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// A plan and its progress.
///
/// @param plan what the job does
/// @param state the state of the job
/// @param position events after this position are not processed yet
/// @param done number of events that the action was applied to
/// @param skipped number of events of the plan that had changed since; complete only when the job
///   has ended
/// @param ratePerSecond maximum number of events per second; 0 lets the service choose
/// @param startedBy who started it; empty before
/// @param startedAt when it was started, if it was
/// @param endedAt when it ended, if it has
public record BulkJob(
    BulkPlan plan,
    State state,
    Cursor position,
    long done,
    long skipped,
    double ratePerSecond,
    String startedBy,
    Optional<Instant> startedAt,
    Optional<Instant> endedAt) {

  /// The state of a job.
  public enum State {
    /// Not started yet.
    PLANNED,
    RUNNING,
    /// All events of the plan were processed.
    FINISHED,
    /// Stopped by an operator; what was done stays done.
    STOPPED;

    /// Returns the name in the API, in lower case.
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Returns a job for a plan, not started.
  public static BulkJob of(BulkPlan plan) {
    return new BulkJob(
        plan, State.PLANNED, plan.from(), 0, 0, 0, "", Optional.empty(), Optional.empty());
  }

  /// Returns this job as running.
  public BulkJob started(String by, double rate, Instant at) {
    return new BulkJob(
        plan, State.RUNNING, position, done, skipped, rate, by, Optional.of(at), Optional.empty());
  }

  /// Returns this job as stopped.
  public BulkJob stopped(Instant at) {
    return new BulkJob(
        plan,
        State.STOPPED,
        position,
        done,
        skipped,
        ratePerSecond,
        startedBy,
        startedAt,
        Optional.of(at));
  }

  /// Returns this job after one more step.
  ///
  /// @param changed events that the action was applied to in this step
  /// @param left events that the step skipped because they had changed
  /// @param next where the next step begins; the job ends when the plan does not reach that far
  public BulkJob advanced(int changed, int left, Cursor next, Instant at) {
    long nowDone = done + changed;
    boolean isOver = !plan.goesOnAt(next);
    // Events that are missing at the end were changed by others and no longer pass the filter.
    long nowSkipped = isOver ? Math.max(0, plan.qualifying() - nowDone) : skipped + left;
    return new BulkJob(
        plan,
        isOver ? State.FINISHED : State.RUNNING,
        next,
        nowDone,
        nowSkipped,
        ratePerSecond,
        startedBy,
        startedAt,
        isOver ? Optional.of(at) : Optional.empty());
  }
}
