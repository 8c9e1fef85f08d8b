package dev.sluice.application.recurring;

import dev.sluice.domain.port.StoreUnavailableException;
import dev.sluice.domain.schedule.Schedule;
import dev.sluice.domain.schedule.ScheduleChange;
import dev.sluice.domain.schedule.ScheduleChangeResult;
import dev.sluice.domain.schedule.ScheduleName;
import dev.sluice.domain.schedule.ScheduleProgress;
import dev.sluice.domain.schedule.ScheduleStore;
import dev.sluice.domain.subscription.SubscriptionChange.Expected;
import java.util.List;
import java.util.Optional;

/// As a node sees its schedules that ends after it stored an event, before it moves the progress.
record CrashingSchedules(ScheduleStore store) implements ScheduleStore {

  @Override
  public long version() {
    return store.version();
  }

  @Override
  public List<Schedule> all() {
    return store.all();
  }

  @Override
  public Optional<Schedule> find(ScheduleName name) {
    return store.find(name);
  }

  @Override
  public ScheduleChangeResult put(ScheduleChange change) {
    return store.put(change);
  }

  @Override
  public ScheduleChangeResult delete(ScheduleName name, Expected expected) {
    return store.delete(name, expected);
  }

  @Override
  public boolean advance(Schedule known, ScheduleProgress to) {
    throw new StoreUnavailableException("the node ended", new IllegalStateException());
  }
}
