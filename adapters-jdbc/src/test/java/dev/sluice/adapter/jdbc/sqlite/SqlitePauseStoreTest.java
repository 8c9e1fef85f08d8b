package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.StorageThreads;
import dev.sluice.contract.PauseStoreContract;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.port.PauseStore;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

final class SqlitePauseStoreTest implements PauseStoreContract {

  @TempDir Path directory;
  private @Nullable SqliteAdapter adapter;

  @Override
  public PauseStore newStore() {
    adapter =
        SqliteAdapter.open(
            EmptyDatabase.in(directory), new SettableClock(), StorageThreads.FACTORY);
    return adapter.pauses();
  }

  @AfterEach
  void close() {
    if (adapter != null) {
      adapter.close();
    }
  }
}
