package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.StorageThreads;
import dev.sluice.contract.ActivityLogContract;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.port.ActivityLog;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

final class SqliteActivityLogTest implements ActivityLogContract {

  @TempDir Path directory;
  private @Nullable SqliteAdapter adapter;

  @Override
  public ActivityLog newLog() {
    adapter =
        SqliteAdapter.open(
            EmptyDatabase.in(directory), new SettableClock(), StorageThreads.FACTORY);
    return adapter.activity();
  }

  @AfterEach
  void close() {
    if (adapter != null) {
      adapter.close();
    }
  }
}
