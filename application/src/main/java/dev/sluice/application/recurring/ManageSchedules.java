package dev.sluice.application.recurring;

import dev.sluice.domain.schedule.CronFormat;
import dev.sluice.domain.schedule.CronResult;
import dev.sluice.domain.schedule.Schedule;
import dev.sluice.domain.schedule.ScheduleChange;
import dev.sluice.domain.schedule.ScheduleChangeResult;
import dev.sluice.domain.schedule.ScheduleDefinition;
import dev.sluice.domain.schedule.ScheduleName;
import dev.sluice.domain.schedule.ScheduleProgress;
import dev.sluice.domain.schedule.ScheduleStore;
import dev.sluice.domain.schedule.Ticks;
import dev.sluice.domain.subscription.SubscriptionChange;
import dev.sluice.domain.subscription.SubscriptionChange.Expected;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Shows, creates, changes and deletes schedules.
///
/// Every method may throw [dev.sluice.domain.port.StoreUnavailableException]; then it is unknown
/// whether the change was stored.
public final class ManageSchedules {

  private static final int MAX_TRIES = 10;

  private final ScheduleStore store;
  private final CronFormat cron;
  private final InstantSource clock;

  /// @param store the schedules
  /// @param cron reads their cron expressions
  public ManageSchedules(ScheduleStore store, CronFormat cron, InstantSource clock) {
    this.store = store;
    this.cron = cron;
    this.clock = clock;
  }

  /// Returns all schedules in the order of their names.
  public List<Schedule> all() {
    return store.all();
  }

  /// Returns a schedule, if there is one.
  public Optional<Schedule> find(ScheduleName name) {
    return store.find(name);
  }

  /// Returns the next ticks that will get events; none for a disabled schedule.
  ///
  /// @param count maximum number of ticks
  public List<Instant> nextTicks(Schedule schedule, int count) {
    ScheduleDefinition definition = schedule.definition();
    if (!definition.isEnabled()
        || !(cron.read(definition.cron(), definition.zone())
            instanceof CronResult.Valid(Ticks ticks))) {
      return List.of();
    }
    Instant now = clock.instant();
    Instant handled = schedule.progress().handledUntil();
    Instant from = handled.isAfter(now) ? handled : now;
    return Stream.iterate(
            ticks.after(from), Optional::isPresent, tick -> ticks.after(tick.orElseThrow()))
        .limit(count)
        .map(Optional::orElseThrow)
        .toList();
  }

  /// Creates or replaces a schedule. Ticks before a change of the expression or the zone, and ticks
  /// while a schedule is disabled, get no events.
  ///
  /// @param expected which version may be replaced
  /// @param by who does it
  public ScheduleEdit put(
      ScheduleName name, ScheduleDefinition definition, Expected expected, String by) {
    ScheduleEdit result = putOnce(name, definition, expected, by);
    for (int tries = 1; isOvertaken(result, expected) && tries < MAX_TRIES; tries++) {
      result = putOnce(name, definition, expected, by);
    }
    return result;
  }

  /// Whether another caller changed the schedule between reading and writing it.
  private static boolean isOvertaken(ScheduleEdit result, Expected expected) {
    return result instanceof ScheduleEdit.Conflict && expected instanceof Expected.Any;
  }

  private ScheduleEdit putOnce(
      ScheduleName name, ScheduleDefinition definition, Expected expected, String by) {
    Optional<Schedule> stored = store.find(name);
    if (!SubscriptionChange.allows(expected, versionOf(stored))) {
      return new ScheduleEdit.Conflict(stored);
    }
    if (stored.filter(one -> one.definition().equals(definition)).isPresent()) {
      return new ScheduleEdit.Unchanged(stored.get());
    }
    // A stored schedule that this version of Sluice does not understand is not found, but may be
    // replaced.
    Expected pinned =
        stored.<Expected>map(one -> new Expected.Version(one.version())).orElse(expected);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Instant handledUntil =
        stored
            .filter(one -> one.definition().continues(definition))
            .map(Schedule::progress)
            .map(ScheduleProgress::handledUntil)
            .orElse(now);
    var change = new ScheduleChange(name, pinned, definition, by, now, handledUntil);
    return switch (store.put(change)) {
      case ScheduleChangeResult.Stored(Schedule schedule) ->
          new ScheduleEdit.Done(schedule, stored.isEmpty());
      case ScheduleChangeResult.Conflict(Optional<Schedule> actual) ->
          new ScheduleEdit.Conflict(actual);
      case ScheduleChangeResult.Full() -> new ScheduleEdit.Full();
      case ScheduleChangeResult.Deleted() -> new ScheduleEdit.Deleted();
    };
  }

  private static OptionalLong versionOf(Optional<Schedule> stored) {
    return stored.map(one -> OptionalLong.of(one.version())).orElse(OptionalLong.empty());
  }

  /// Deletes a schedule. Its events stay, and those that are not finished are delivered.
  ///
  /// @param expected which version may be deleted
  public ScheduleEdit delete(ScheduleName name, Expected expected) {
    return switch (store.delete(name, expected)) {
      case ScheduleChangeResult.Conflict(Optional<Schedule> actual)
          when actual.isEmpty() && !(expected instanceof Expected.Version) ->
          new ScheduleEdit.NotFound();
      case ScheduleChangeResult.Conflict(Optional<Schedule> actual) ->
          new ScheduleEdit.Conflict(actual);
      default -> new ScheduleEdit.Deleted();
    };
  }
}
