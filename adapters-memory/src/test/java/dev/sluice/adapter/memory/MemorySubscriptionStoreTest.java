package dev.sluice.adapter.memory;

import dev.sluice.contract.SubscriptionStoreContract;
import dev.sluice.domain.port.SubscriptionStore;

final class MemorySubscriptionStoreTest implements SubscriptionStoreContract {

  @Override
  public SubscriptionStore newStore() {
    return MemoryAdapter.subscriptions();
  }
}
