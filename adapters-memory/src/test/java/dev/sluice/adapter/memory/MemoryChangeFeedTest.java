package dev.sluice.adapter.memory;

import dev.sluice.contract.ChangeFeedContract;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.port.ChangeFeed;

final class MemoryChangeFeedTest implements ChangeFeedContract {

  @Override
  public ChangeFeed newFeed(SettableClock clock) {
    return MemoryAdapter.changes(clock);
  }
}
