package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.BoundedSweepContract;
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
import dev.sluice.contract.PausedDeliveriesContract;
import dev.sluice.contract.PriorityContract;
import dev.sluice.contract.ResponsesContract;
import dev.sluice.contract.RoutingRecordContract;
import dev.sluice.contract.ScheduledDeliveriesContract;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.contract.SubscriptionCountsContract;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/// The storage for many nodes fulfils the contracts of its ports.
final class PostgresStorageTest
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
        ExtremeTimesContract,
        FannedOutRetentionContract,
        DeliveryControlContract,
        MixedControlContract,
        DeadLettersContract,
        BulkActionsContract,
        MixedBulkContract,
        BackfillContract,
        BulkJobsContract {

  private @Nullable PostgresAdapter adapter;

  @Override
  public StorageFixture newStorage() {
    var clock = new SettableClock();
    adapter = TestDatabase.empty(clock);
    return new StorageFixture(adapter.storage(), clock);
  }

  @Override
  public int mostBytes() {
    return Claims.MOST_BYTES;
  }

  @AfterEach
  void close() {
    if (adapter != null) {
      adapter.close();
    }
  }
}
