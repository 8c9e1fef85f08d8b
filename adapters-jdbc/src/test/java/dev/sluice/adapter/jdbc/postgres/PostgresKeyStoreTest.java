package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.contract.KeyStoreContract;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.port.KeyStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

final class PostgresKeyStoreTest implements KeyStoreContract {

  private @Nullable PostgresAdapter adapter;

  @Override
  public KeyStore newKeyStore() {
    adapter = TestDatabase.empty(new SettableClock());
    return adapter.keys();
  }

  @AfterEach
  void close() {
    if (adapter != null) {
      adapter.close();
    }
  }
}
