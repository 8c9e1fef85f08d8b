package dev.sluice.adapter.jdbc.schedule;

import dev.sluice.adapter.jdbc.StorageThreads;
import dev.sluice.adapter.jdbc.sqlite.EmptyDatabase;
import dev.sluice.adapter.jdbc.sqlite.SqliteAdapter;
import dev.sluice.contract.ScheduleStoreContract;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.schedule.ScheduleStore;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

final class SqliteScheduleStoreTest implements ScheduleStoreContract {

  @TempDir Path directory;
  private @Nullable SqliteAdapter adapter;

  @Override
  public ScheduleStore newStore() {
    adapter =
        SqliteAdapter.open(
            EmptyDatabase.in(directory), new SettableClock(), StorageThreads.FACTORY);
    return adapter.schedules();
  }

  @AfterEach
  void close() {
    if (adapter != null) {
      adapter.close();
    }
  }
}
