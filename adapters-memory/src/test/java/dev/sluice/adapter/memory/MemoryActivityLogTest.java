package dev.sluice.adapter.memory;

import dev.sluice.contract.ActivityLogContract;
import dev.sluice.domain.port.ActivityLog;

final class MemoryActivityLogTest implements ActivityLogContract {

  @Override
  public ActivityLog newLog() {
    return MemoryAdapter.activity();
  }
}
