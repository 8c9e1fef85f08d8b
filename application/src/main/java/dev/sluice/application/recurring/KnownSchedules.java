package dev.sluice.application.recurring;

import dev.sluice.application.schedule.NextRun;
import dev.sluice.domain.schedule.CronFormat;
import dev.sluice.domain.schedule.Schedule;
import dev.sluice.domain.schedule.ScheduleName;
import dev.sluice.domain.schedule.ScheduleStore;
import dev.sluice.domain.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The schedules as this node last read them. Used by one thread.
final class KnownSchedules {

  private static final Duration REFRESH_EVERY = Duration.ofSeconds(1);

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  /// Before the version of an empty set.
  private static final long NONE = -1;

  private final ScheduleStore store;
  private final CronFormat cron;
  private final TimeSource clock;
  private final NextRun nextRefresh;
  private final Map<ScheduleName, KnownSchedule> known = new HashMap<>();
  private long version = NONE;

  KnownSchedules(ScheduleStore store, CronFormat cron, TimeSource clock) {
    this.store = store;
    this.cron = cron;
    this.clock = clock;
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
      known.clear();
      all.forEach(this::put);
      version = current;
    }
    nextRefresh.in(REFRESH_EVERY);
  }

  /// Returns the schedules with a tick that is due, as far as this node knows.
  List<KnownSchedule> due(Instant now) {
    return known.values().stream().filter(one -> one.isDue(now)).toList();
  }

  /// Reads a schedule again; empty when it was deleted.
  Optional<KnownSchedule> reread(ScheduleName name) {
    Optional<Schedule> stored = store.find(name);
    if (stored.isEmpty()) {
      known.remove(name);
    }
    return stored.map(this::put);
  }

  /// Makes a schedule due again a second from now.
  void retryLater(ScheduleName name) {
    Optional.ofNullable(known.get(name)).ifPresent(one -> one.nextTry().in(RETRY_AFTER));
  }

  /// Remembers what is stored now.
  KnownSchedule put(Schedule schedule) {
    var one = KnownSchedule.of(schedule, cron, new NextRun(clock));
    known.put(schedule.name(), one);
    return one;
  }
}
