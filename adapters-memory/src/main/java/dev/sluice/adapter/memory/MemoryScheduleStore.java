package dev.sluice.adapter.memory;

import dev.sluice.domain.schedule.Schedule;
import dev.sluice.domain.schedule.ScheduleChange;
import dev.sluice.domain.schedule.ScheduleChangeResult;
import dev.sluice.domain.schedule.ScheduleName;
import dev.sluice.domain.schedule.ScheduleProgress;
import dev.sluice.domain.schedule.ScheduleStore;
import dev.sluice.domain.subscription.SubscriptionChange;
import dev.sluice.domain.subscription.SubscriptionChange.Expected;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Keeps schedules in the heap, guarded by this object's monitor.
final class MemoryScheduleStore implements ScheduleStore {

  private final Map<ScheduleName, Schedule> schedules =
      new TreeMap<>(Comparator.comparing(ScheduleName::value));

  private long version;

  @Override
  public synchronized long version() {
    return version;
  }

  @Override
  public synchronized List<Schedule> all() {
    return List.copyOf(schedules.values());
  }

  @Override
  public synchronized Optional<Schedule> find(ScheduleName name) {
    return Optional.ofNullable(schedules.get(name));
  }

  @Override
  public synchronized ScheduleChangeResult put(ScheduleChange change) {
    Schedule stored = schedules.get(change.name());
    if (!allows(change.expected(), stored)) {
      return new ScheduleChangeResult.Conflict(Optional.ofNullable(stored));
    }
    if (stored == null && schedules.size() >= MAX_SCHEDULES) {
      return new ScheduleChangeResult.Full();
    }
    version++;
    ScheduleProgress before =
        stored == null ? ScheduleProgress.startingAt(change.handledUntil()) : stored.progress();
    Schedule changed = change.at(version, before);
    schedules.put(change.name(), changed);
    return new ScheduleChangeResult.Stored(changed);
  }

  private static boolean allows(Expected expected, @Nullable Schedule stored) {
    return SubscriptionChange.allows(
        expected, stored == null ? OptionalLong.empty() : OptionalLong.of(stored.version()));
  }

  @Override
  public synchronized ScheduleChangeResult delete(ScheduleName name, Expected expected) {
    Schedule stored = schedules.get(name);
    if (stored == null || !allows(expected, stored)) {
      return new ScheduleChangeResult.Conflict(Optional.ofNullable(stored));
    }
    version++;
    schedules.remove(name);
    return new ScheduleChangeResult.Deleted();
  }

  @Override
  public synchronized boolean advance(Schedule known, ScheduleProgress to) {
    Schedule stored = schedules.get(known.name());
    if (stored == null
        || stored.version() != known.version()
        || !stored.progress().equals(known.progress())) {
      return false;
    }
    schedules.put(known.name(), stored.with(to));
    return true;
  }
}
