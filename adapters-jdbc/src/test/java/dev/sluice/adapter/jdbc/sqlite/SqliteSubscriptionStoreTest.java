package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.StorageThreads;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.SubscriptionStoreContract;
import dev.sluice.domain.port.SubscriptionStore;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

final class SqliteSubscriptionStoreTest implements SubscriptionStoreContract {

  @TempDir Path directory;
  private @Nullable SqliteAdapter adapter;

  @Override
  public SubscriptionStore newStore() {
    adapter =
        SqliteAdapter.open(
            EmptyDatabase.in(directory), new SettableClock(), StorageThreads.FACTORY);
    return adapter.subscriptions();
  }

  @AfterEach
  void close() {
    if (adapter != null) {
      adapter.close();
    }
  }
}
