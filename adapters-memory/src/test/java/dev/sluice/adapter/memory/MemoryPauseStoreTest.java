package dev.sluice.adapter.memory;

import dev.sluice.contract.PauseStoreContract;
import dev.sluice.domain.port.PauseStore;

final class MemoryPauseStoreTest implements PauseStoreContract {

  @Override
  public PauseStore newStore() {
    return MemoryAdapter.pauses();
  }
}
