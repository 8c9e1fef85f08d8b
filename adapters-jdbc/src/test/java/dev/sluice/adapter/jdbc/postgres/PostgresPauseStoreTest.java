package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.contract.PauseStoreContract;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.port.PauseStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

final class PostgresPauseStoreTest implements PauseStoreContract {

  private @Nullable PostgresAdapter adapter;

  @Override
  public PauseStore newStore() {
    adapter = TestDatabase.empty(new SettableClock());
    return adapter.pauses();
  }

  @AfterEach
  void close() {
    if (adapter != null) {
      adapter.close();
    }
  }
}
