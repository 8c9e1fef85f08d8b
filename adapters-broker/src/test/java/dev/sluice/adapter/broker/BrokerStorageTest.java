package dev.sluice.adapter.broker;

import dev.sluice.contract.AttemptVersionsContract;
import dev.sluice.contract.BackfillContract;
import dev.sluice.contract.BulkActionsContract;
import dev.sluice.contract.BulkJobsContract;
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
import dev.sluice.contract.LeaseContract;
import dev.sluice.contract.MixedBulkContract;
import dev.sluice.contract.MixedControlContract;
import dev.sluice.contract.MixedEventListContract;
import dev.sluice.contract.PausedDeliveriesContract;
import dev.sluice.contract.ResponsesContract;
import dev.sluice.contract.ScheduledDeliveriesContract;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.contract.SubscriptionCountsContract;
import dev.sluice.contract.servers.BrokerServers;
import dev.sluice.contract.servers.BrokerUrls;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/// The storage over RabbitMQ and Redis keeps the promises of its ports. It runs with a prefix here,
/// so that a name without the prefix would not be found.
@Tag("broker")
@ExtendWith(BrokerServers.class)
final class BrokerStorageTest
    implements EventStoreContract,
        ExistingEventsContract,
        EventListContract,
        MixedEventListContract,
        DeliveryQueueContract,
        PausedDeliveriesContract,
        SubscriptionCountsContract,
        LeaseContract,
        AttemptVersionsContract,
        ResponsesContract,
        EnteredAtContract,
        ScheduledDeliveriesContract,
        ExpiredDeliveriesContract,
        ExtremeTimesContract,
        FannedOutRetentionContract,
        DeliveryControlContract,
        MixedControlContract,
        DeadLettersContract,
        BulkActionsContract,
        MixedBulkContract,
        BackfillContract,
        BulkJobsContract {

  private final BrokerUrls urls;
  private @Nullable TestBroker context;

  BrokerStorageTest(BrokerUrls urls) {
    this.urls = urls;
  }

  @Override
  public StorageFixture newStorage() {
    var clock = new SettableClock();
    context = TestBroker.empty(urls, clock);
    return context.fixture(clock);
  }

  @AfterEach
  void close() {
    if (context != null) {
      context.close();
    }
  }
}
