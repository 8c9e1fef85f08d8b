package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.contract.ActivityLogContract;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.port.ActivityLog;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

final class PostgresActivityLogTest implements ActivityLogContract {

  private @Nullable PostgresAdapter adapter;

  @Override
  public ActivityLog newLog() {
    adapter = TestDatabase.empty(new SettableClock());
    return adapter.activity();
  }

  @AfterEach
  void close() {
    if (adapter != null) {
      adapter.close();
    }
  }
}
