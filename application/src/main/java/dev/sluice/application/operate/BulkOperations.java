package dev.sluice.application.operate;

import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.port.BulkAction;
import dev.sluice.domain.port.BulkJob;
import dev.sluice.domain.port.BulkPlan;
import dev.sluice.domain.port.EventFilter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Does things to many events at once: first a plan that says what would be done, then a job that
/// does exactly that.
///
/// Every method may throw [dev.sluice.domain.port.StoreUnavailableException].
public interface BulkOperations {

  /// Looks what an action would be done to, and keeps that as a plan for a quarter of an hour.
  /// Takes a few seconds for a million events.
  ///
  /// @param limit at most so many of the qualifying events, newest first
  /// @param by who asks
  Planned plan(BulkAction action, EventFilter filter, long limit, String by);

  /// Starts a plan, once.
  ///
  /// @param ratePerSecond most events per second; 0 leaves it to the service, so that live work
  ///   goes on
  Started start(String token, double ratePerSecond, String by);

  /// Plans an action, starts it, and waits up to two seconds for its end.
  ///
  /// @param limit the most events, newest first
  /// @param by who asks
  Run run(BulkAction action, EventFilter filter, long limit, String by);

  /// Stops a running job. What it did stays done.
  Stopped stop(String id);

  /// A job that was started.
  Optional<BulkJob> find(String id);

  /// Jobs that were started, newest first.
  List<BulkJob> list(int limit);

  /// What a plan comes to.
  ///
  /// @param plan starts with its token
  /// @param filter as it was given; the plan's own is narrowed to what the action can be done to
  /// @param matching events that the filter chooses
  /// @param sample some of those that qualify, newest first
  /// @param estimate how long it will take when nothing else slows it down
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
  /// @param job as it was last seen
  /// @param isComplete whether it has ended, and no more events qualified than its limit
  record Run(BulkJob job, boolean isComplete) {}

  /// What became of the wish to start a plan.
  sealed interface Started {
    /// It runs.
    record Running(BulkJob job) implements Started {}

    /// Somebody started it before.
    record Before(BulkJob job) implements Started {}

    /// There is no such plan, or not any more.
    record Unknown() implements Started {}
  }

  /// What became of the wish to stop a job.
  sealed interface Stopped {
    /// It will do nothing more.
    record Now(BulkJob job) implements Stopped {}

    /// It was over before.
    record Before(BulkJob job) implements Stopped {}

    /// There is no such job.
    record Unknown() implements Stopped {}
  }
}
