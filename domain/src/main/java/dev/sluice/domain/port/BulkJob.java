package dev.sluice.domain.port;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// A plan and how far it has come.
///
/// @param plan what is to be done
/// @param state where it stands
/// @param position events behind this place are still to be looked at
/// @param done events that the action was done to
/// @param skipped events of the plan that had changed since; only when the job is over are all of
///   them known
/// @param ratePerSecond most events per second; 0 leaves it to the service
/// @param startedBy who started it; empty before
/// @param startedAt when, if it was
/// @param endedAt when it was over, if it is
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

  /// Where a job stands.
  public enum State {
    /// Nobody has started it yet.
    PLANNED,
    RUNNING,
    /// It has looked at all there was.
    FINISHED,
    /// Somebody stopped it; what it did stays done.
    STOPPED;

    /// The name in the API, in lower case.
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// A plan that nobody has started.
  public static BulkJob of(BulkPlan plan) {
    return new BulkJob(
        plan, State.PLANNED, plan.from(), 0, 0, 0, "", Optional.empty(), Optional.empty());
  }

  /// The same job, started.
  public BulkJob started(String by, double rate, Instant at) {
    return new BulkJob(
        plan, State.RUNNING, position, done, skipped, rate, by, Optional.of(at), Optional.empty());
  }

  /// The same job, stopped.
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

  /// The same job, further on.
  ///
  /// @param changed events that the action was done to in this step
  /// @param left events that it was not done to, because they had changed
  /// @param next where to go on; the job is over when the plan does not reach that far
  public BulkJob advanced(int changed, int left, Cursor next, Instant at) {
    long nowDone = done + changed;
    boolean isOver = !plan.goesOnAt(next);
    // What is missing at the end was changed by others and does not pass the filter any more.
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
