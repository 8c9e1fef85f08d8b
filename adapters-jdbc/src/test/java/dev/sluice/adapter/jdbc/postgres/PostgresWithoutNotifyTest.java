package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.contract.BulkActionsContract;
import dev.sluice.contract.BulkJobsContract;
import dev.sluice.contract.ClaimOrderContract;
import dev.sluice.contract.DeadLettersContract;
import dev.sluice.contract.DeliveryControlContract;
import dev.sluice.contract.DeliveryQueueContract;
import dev.sluice.contract.EventStoreContract;
import dev.sluice.contract.ExistingEventsContract;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/// Fulfils the contracts behind a pooler, where nodes cannot notify each other and have no sessions
/// of their own.
final class PostgresWithoutNotifyTest
    implements EventStoreContract,
        ExistingEventsContract,
        DeliveryQueueContract,
        ClaimOrderContract,
        DeliveryControlContract,
        DeadLettersContract,
        BulkActionsContract,
        BulkJobsContract {

  private @Nullable PostgresAdapter adapter;

  @Override
  public StorageFixture newStorage() {
    var clock = new SettableClock();
    adapter = TestDatabase.emptyWithoutNotify(clock);
    return new StorageFixture(adapter.storage(), clock);
  }

  @AfterEach
  void close() {
    if (adapter != null) {
      adapter.close();
    }
  }
}
