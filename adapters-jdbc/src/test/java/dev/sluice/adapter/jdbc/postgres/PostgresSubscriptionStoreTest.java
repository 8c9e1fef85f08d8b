package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.contract.SettableClock;
import dev.sluice.contract.SubscriptionStoreContract;
import dev.sluice.domain.port.SubscriptionStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

final class PostgresSubscriptionStoreTest implements SubscriptionStoreContract {

  private @Nullable PostgresAdapter adapter;

  @Override
  public SubscriptionStore newStore() {
    adapter = TestDatabase.empty(new SettableClock());
    return adapter.subscriptions();
  }

  @AfterEach
  void close() {
    if (adapter != null) {
      adapter.close();
    }
  }
}
