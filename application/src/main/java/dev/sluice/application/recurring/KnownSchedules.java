package dev.sluice.application.recurring;

import dev.sluice.application.schedule.FailureLog;
import dev.sluice.application.schedule.NextRun;
import dev.sluice.domain.schedule.CronFormat;
import dev.sluice.domain.schedule.CronResult;
import dev.sluice.domain.schedule.Schedule;
import dev.sluice.domain.schedule.ScheduleDefinition;
import dev.sluice.domain.schedule.ScheduleName;
import dev.sluice.domain.schedule.ScheduleStore;
import dev.sluice.domain.schedule.Ticks;
import dev.sluice.domain.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The schedules as this node last read them. Used by one thread.
final class KnownSchedules {

  private static final Duration REFRESH_EVERY = Duration.ofSeconds(1);

  /// Short, although producers are asked to wait longer while events are refused: after a minute, a
  /// tick is missed.
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  /// Before the version of an empty set.
  private static final long NONE = -1;

  private static final Ticks NEVER = _ -> Optional.empty();

  private final ScheduleStore store;
  private final CronFormat cron;
  private final TimeSource clock;
  private final FailureLog failures;
  private final NextRun nextRefresh;
  private final Map<ScheduleName, KnownSchedule> known = new HashMap<>();
  private long version = NONE;

  KnownSchedules(ScheduleStore store, CronFormat cron, TimeSource clock, FailureLog failures) {
    this.store = store;
    this.cron = cron;
    this.clock = clock;
    this.failures = failures;
    this.nextRefresh = new NextRun(clock);
  }

  /// Reads all schedules, if one was changed and a second has passed since the last look.
  void refreshWhenDue() {
    if (!nextRefresh.isDue()) {
      return;
    }
    // Before the schedules: a change between the two reads is then seen at the next look.
    long current = store.version();
    if (current != version) {
      List<Schedule> all = store.all();
      known.keySet().retainAll(all.stream().map(Schedule::name).toList());
      all.forEach(this::cacheOrLeaveOut);
      version = current;
    }
    nextRefresh.in(REFRESH_EVERY);
  }

  /// A schedule whose ticks cannot be found must not hold up the others.
  private void cacheOrLeaveOut(Schedule schedule) {
    try {
      var _ = cache(schedule);
    } catch (RuntimeException e) {
      known.remove(schedule.name());
      failures.unexpected("schedule " + schedule.name() + " gets no events from this node", e);
    }
  }

  /// Returns the schedules with a tick that is due, as far as this node knows, the earliest first.
  List<KnownSchedule> due(Instant now) {
    return known.values().stream()
        .filter(one -> one.isDue(now))
        .sorted(Comparator.comparing(one -> one.next().orElseThrow()))
        .toList();
  }

  /// Returns the earliest tick without an event, as far as this node knows; it may lie ahead.
  Optional<Instant> earliest() {
    return known.values().stream()
        .flatMap(one -> one.next().stream())
        .min(Comparator.naturalOrder());
  }

  /// Reads a schedule again; empty when it was deleted.
  Optional<KnownSchedule> reread(ScheduleName name) {
    Optional<Schedule> stored = store.find(name);
    if (stored.isEmpty()) {
      known.remove(name);
    }
    return stored.map(this::cache);
  }

  /// Keeps a schedule from being due for a second.
  void retryLater(ScheduleName name) {
    Optional.ofNullable(known.get(name)).ifPresent(one -> one.nextTry().in(RETRY_AFTER));
  }

  /// Remembers a schedule as it is stored now. Reading a cron expression and finding its next tick
  /// take long, and nodes read all schedules again when one was changed.
  KnownSchedule cache(Schedule schedule) {
    return known.compute(
        schedule.name(),
        (_, old) ->
            old != null && old.schedule().equals(schedule)
                ? old
                : KnownSchedule.of(schedule, ticks(schedule, old), new NextRun(clock)));
  }

  private Ticks ticks(Schedule schedule, @Nullable KnownSchedule old) {
    ScheduleDefinition definition = schedule.definition();
    if (old != null && old.schedule().definition().equals(definition)) {
      return old.ticks();
    }
    return definition.isEnabled()
            && cron.read(definition.cron(), definition.zone())
                instanceof CronResult.Valid(Ticks valid)
        ? valid
        : NEVER;
  }
}
