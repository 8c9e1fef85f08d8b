package dev.sluice.adapter.memory;

import dev.sluice.contract.NodeRegistryContract;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.port.NodeRegistry;

final class MemoryNodeRegistryTest implements NodeRegistryContract {

  @Override
  public NodeRegistry newRegistry(SettableClock clock) {
    return MemoryAdapter.nodes(clock);
  }
}
