package dev.sluice.adapter.memory;

import dev.sluice.contract.ScheduleStoreContract;
import dev.sluice.domain.schedule.ScheduleStore;

final class MemoryScheduleStoreTest implements ScheduleStoreContract {

  @Override
  public ScheduleStore newStore() {
    return MemoryAdapter.schedules();
  }
}
