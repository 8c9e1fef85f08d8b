package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.BoundedSweepContract;
import dev.sluice.adapter.jdbc.StorageThreads;
import dev.sluice.contract.AbandonedDeliveriesContract;
import dev.sluice.contract.AttemptVersionsContract;
import dev.sluice.contract.BackfillContract;
import dev.sluice.contract.BlockedLanesContract;
import dev.sluice.contract.BulkActionsContract;
import dev.sluice.contract.BulkJobsContract;
import dev.sluice.contract.ClaimOrderContract;
import dev.sluice.contract.DeadLettersContract;
import dev.sluice.contract.DeliveryControlContract;
import dev.sluice.contract.DeliveryQueueContract;
import dev.sluice.contract.EnteredAtContract;
import dev.sluice.contract.EventListContract;
import dev.sluice.contract.EventStoreContract;
import dev.sluice.contract.ExistingEventsContract;
import dev.sluice.contract.ExpiredDeliveriesContract;
import dev.sluice.contract.ExtremeTimesContract;
import dev.sluice.contract.FannedOutRetentionContract;
import dev.sluice.contract.LaneArrangementContract;
import dev.sluice.contract.LanesContract;
import dev.sluice.contract.LeaseContract;
import dev.sluice.contract.MixedBulkContract;
import dev.sluice.contract.MixedControlContract;
import dev.sluice.contract.MixedEventListContract;
import dev.sluice.contract.OneProcessContract;
import dev.sluice.contract.PausedDeliveriesContract;
import dev.sluice.contract.PriorityContract;
import dev.sluice.contract.ResponsesContract;
import dev.sluice.contract.RoutingRecordContract;
import dev.sluice.contract.ScheduledDeliveriesContract;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.contract.SubscriptionCountsContract;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// The embedded storage fulfils the contracts of its ports.
final class SqliteStorageTest
    implements EventStoreContract,
        ExistingEventsContract,
        EventListContract,
        MixedEventListContract,
        DeliveryQueueContract,
        ClaimOrderContract,
        RoutingRecordContract,
        PausedDeliveriesContract,
        SubscriptionCountsContract,
        LeaseContract,
        AttemptVersionsContract,
        ResponsesContract,
        EnteredAtContract,
        ScheduledDeliveriesContract,
        PriorityContract,
        LanesContract,
        BlockedLanesContract,
        LaneArrangementContract,
        ExpiredDeliveriesContract,
        BoundedSweepContract,
        AbandonedDeliveriesContract,
        OneProcessContract,
        ExtremeTimesContract,
        FannedOutRetentionContract,
        DeliveryControlContract,
        MixedControlContract,
        DeadLettersContract,
        BulkActionsContract,
        MixedBulkContract,
        BackfillContract,
        BulkJobsContract {

  @TempDir Path directory;
  private @Nullable SqliteAdapter adapter;

  @Override
  public StorageFixture newStorage() {
    var clock = new SettableClock();
    adapter = SqliteAdapter.open(EmptyDatabase.in(directory), clock, StorageThreads.FACTORY);
    return new StorageFixture(adapter.storage(), clock);
  }

  @Override
  public int mostBytes() {
    return Claims.MOST_CHARACTERS;
  }

  @AfterEach
  void close() {
    if (adapter != null) {
      adapter.close();
    }
  }
}
