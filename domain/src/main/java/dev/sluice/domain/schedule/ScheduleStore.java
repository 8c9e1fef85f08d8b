package dev.sluice.domain.schedule;

import dev.sluice.domain.subscription.SubscriptionChange.Expected;
import java.util.List;
import java.util.Optional;

/// Stores schedules and their progress, for all nodes that share a storage. A durable storage keeps
/// them across restarts.
///
/// Every method may throw [dev.sluice.domain.port.StoreUnavailableException]; then the outcome is
/// unknown.
public interface ScheduleStore {

  /// Maximum number of schedules.
  int MAX_SCHEDULES = 1_000;

  /// Returns the version of the set of all schedules, which each [#put] and each [#delete] that
  /// changes something makes greater, and nothing else. Costs the same however many there are:
  /// nodes call it every second.
  long version();

  /// Returns all schedules in the order of their names, without those that a newer version of
  /// Sluice wrote and this one does not understand.
  List<Schedule> all();

  /// Returns a schedule; empty when there is none, or it is not understood.
  Optional<Schedule> find(ScheduleName name);

  /// Stores a new version of a schedule. Its progress stays, except that it moves to
  /// [ScheduleChange#handledUntil] if that is later; a schedule that was deleted starts again. Of
  /// any number of concurrent callers that expect the same version, one succeeds. Times are kept at
  /// least to the millisecond.
  ///
  /// @return stored, conflict or full
  ScheduleChangeResult put(ScheduleChange change);

  /// Deletes a schedule with its progress.
  ///
  /// @return deleted; or conflict, also when there is none
  ScheduleChangeResult delete(ScheduleName name, Expected expected);

  /// Moves the progress of a schedule, if its version and progress are still those that the caller
  /// knows. Of any number of concurrent callers that know the same progress, one succeeds.
  ///
  /// @param known the schedule as the caller knows it
  /// @param to its new progress; later than the known one
  /// @return whether it was moved
  boolean advance(Schedule known, ScheduleProgress to);
}
