package dev.sluice.application.operate;

import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.port.BulkAction;
import dev.sluice.domain.port.BulkJob;
import dev.sluice.domain.port.BulkPlan;
import dev.sluice.domain.port.EventFilter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Runs operator actions on many events: first a plan that shows what would be done, then a job
/// that does exactly that.
///
/// Every method may throw [dev.sluice.domain.port.StoreUnavailableException].
public interface BulkOperations {

  /// Determines which events an action applies to, and keeps that as a plan for 15 minutes. Takes a
  /// few seconds for a million events.
  ///
  /// @param limit maximum number of qualifying events, newest first
  /// @param by who requests it
  Planned plan(BulkAction action, EventFilter filter, long limit, String by);

  /// Starts a plan, once.
  ///
  /// @param ratePerSecond maximum events per second; 0 lets the service choose a rate that leaves
  ///   room for live work
  Started start(String token, double ratePerSecond, String by);

  /// Plans an action, starts it, and waits up to two seconds for its end.
  ///
  /// @param limit maximum number of events, newest first
  /// @param by who requests it
  Run run(BulkAction action, EventFilter filter, long limit, String by);

  /// Stops a running job. Changes already made stay.
  Stopped stop(String id);

  /// The job, if it was started.
  Optional<BulkJob> find(String id);

  /// Started jobs, newest first.
  List<BulkJob> list(int limit);

  /// A plan and what it would do.
  ///
  /// @param plan carries the token that starts it
  /// @param filter as requested; the plan's own is narrowed to events that the action can change
  /// @param matching number of events that match the filter
  /// @param sample some of the qualifying events, newest first
  /// @param estimate how long the job takes if nothing else slows it down
  record Planned(
      BulkPlan plan,
      EventFilter filter,
      long matching,
      List<EventSummary> sample,
      Duration estimate) {
    public Planned {
      sample = List.copyOf(sample);
    }
  }

  /// A job that was planned and started at once.
  ///
  /// @param job as it was last read
  /// @param isComplete whether it has finished, and fewer events qualified than its limit
  record Run(BulkJob job, boolean isComplete) {}

  /// The result of starting a plan.
  sealed interface Started {
    /// The job runs.
    record Running(BulkJob job) implements Started {}

    /// The plan was started before.
    record Before(BulkJob job) implements Started {}

    /// The plan does not exist, or not any more.
    record Unknown() implements Started {}
  }

  /// The result of stopping a job.
  sealed interface Stopped {
    /// The job does nothing more.
    record Now(BulkJob job) implements Stopped {}

    /// The job had ended before.
    record Before(BulkJob job) implements Stopped {}

    /// The job does not exist.
    record Unknown() implements Stopped {}
  }
}
