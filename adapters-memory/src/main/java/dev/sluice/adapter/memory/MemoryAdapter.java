package dev.sluice.adapter.memory;

import dev.sluice.domain.port.ActivityLog;
import dev.sluice.domain.port.ChangeFeed;
import dev.sluice.domain.port.KeyStore;
import dev.sluice.domain.port.NodeRegistry;
import dev.sluice.domain.port.PauseStore;
import dev.sluice.domain.port.SeriesStore;
import dev.sluice.domain.port.Storage;
import dev.sluice.domain.port.SubscriptionStore;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.time.TimeSource;
import java.time.InstantSource;
import java.util.List;

/// Makes the ports that live in the heap.
public final class MemoryAdapter {

  private MemoryAdapter() {}

  /// A new, empty storage. Nobody who calls it ever waits for more than other callers' work in
  /// memory.
  public static Storage storage(MemorySettings settings, TimeSource clock) {
    var ledger = new Ledger(settings, clock);
    return new Storage(
        new MemoryEventStore(ledger),
        new MemoryDeliveryQueue(ledger),
        new MemoryDeliveryControl(ledger),
        new MemoryDeadLetters(ledger),
        new MemoryBulkJobs(ledger));
  }

  /// A registry of nodes, of which one process can have but one.
  public static NodeRegistry nodes(InstantSource clock) {
    return new MemoryNodeRegistry(clock);
  }

  /// What operators did, as long as the process lives.
  public static ActivityLog activity() {
    return new MemoryActivityLog();
  }

  /// A store of keys that has none yet and keeps none beyond the process.
  public static KeyStore keys() {
    return new MemoryKeyStore();
  }

  /// A history of figures that ends with the process.
  public static SeriesStore series() {
    return new MemorySeriesStore();
  }

  /// A feed of changes between nodes, of which one process has but one to hear from.
  public static ChangeFeed changes(InstantSource clock) {
    return new MemoryChangeFeed(clock);
  }

  /// Pauses that end with the process.
  public static PauseStore pauses() {
    return new MemoryPauseStore();
  }

  /// A fixed set of subscriptions.
  ///
  /// @throws IllegalArgumentException when two have the same name
  public static SubscriptionStore subscriptions(List<Subscription> subscriptions) {
    return new MemorySubscriptionStore(subscriptions);
  }
}
