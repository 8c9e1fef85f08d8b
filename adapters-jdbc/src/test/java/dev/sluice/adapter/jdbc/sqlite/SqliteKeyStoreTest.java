package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.StorageThreads;
import dev.sluice.contract.KeyStoreContract;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.port.KeyStore;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

final class SqliteKeyStoreTest implements KeyStoreContract {

  @TempDir Path directory;
  private @Nullable SqliteAdapter adapter;

  @Override
  public KeyStore newKeyStore() {
    adapter =
        SqliteAdapter.open(
            EmptyDatabase.in(directory), new SettableClock(), StorageThreads.FACTORY);
    return adapter.keys();
  }

  @AfterEach
  void close() {
    if (adapter != null) {
      adapter.close();
    }
  }
}
