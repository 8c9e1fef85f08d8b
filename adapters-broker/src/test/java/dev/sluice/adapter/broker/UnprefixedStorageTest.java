package dev.sluice.adapter.broker;

import dev.sluice.contract.BulkJobsContract;
import dev.sluice.contract.DeadLettersContract;
import dev.sluice.contract.PausedDeliveriesContract;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.contract.servers.BrokerServers;
import dev.sluice.contract.servers.BrokerUrls;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/// The storage keeps its promises without a prefix, too. These contracts use the most names.
@Tag("broker")
@ExtendWith(BrokerServers.class)
final class UnprefixedStorageTest
    implements PausedDeliveriesContract, DeadLettersContract, BulkJobsContract {

  private final BrokerUrls urls;
  private @Nullable TestBroker context;

  UnprefixedStorageTest(BrokerUrls urls) {
    this.urls = urls;
  }

  @Override
  public StorageFixture newStorage() {
    var clock = new SettableClock();
    context = TestBroker.withoutPrefix(urls, clock);
    return context.fixture(clock);
  }

  @AfterEach
  void close() {
    if (context != null) {
      context.close();
    }
  }
}
