package dev.sluice.adapter.jdbc.schedule;

import dev.sluice.adapter.jdbc.postgres.PostgresAdapter;
import dev.sluice.adapter.jdbc.postgres.TestDatabase;
import dev.sluice.contract.ScheduleStoreContract;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.schedule.ScheduleStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

final class PostgresScheduleStoreTest implements ScheduleStoreContract {

  private @Nullable PostgresAdapter adapter;

  @Override
  public ScheduleStore newStore() {
    adapter = TestDatabase.empty(new SettableClock());
    return adapter.schedules();
  }

  @AfterEach
  void close() {
    if (adapter != null) {
      adapter.close();
    }
  }
}
