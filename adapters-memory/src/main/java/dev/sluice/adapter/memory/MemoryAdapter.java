package dev.sluice.adapter.memory;

import dev.sluice.domain.claim.RateTokens;
import dev.sluice.domain.port.ActivityLog;
import dev.sluice.domain.port.ChangeFeed;
import dev.sluice.domain.port.KeyStore;
import dev.sluice.domain.port.NodeRegistry;
import dev.sluice.domain.port.PauseStore;
import dev.sluice.domain.port.SeriesStore;
import dev.sluice.domain.port.Storage;
import dev.sluice.domain.port.SubscriptionStore;
import dev.sluice.domain.schedule.ScheduleStore;
import dev.sluice.domain.time.TimeSource;
import java.time.InstantSource;
import java.util.Optional;

/// Creates the ports that keep their data in the heap.
public final class MemoryAdapter {

  private MemoryAdapter() {}

  /// Returns a new, empty storage. A caller never waits for more than other callers' work in
  /// memory.
  public static Storage storage(MemorySettings settings, TimeSource clock) {
    var ledger = new Ledger(settings, clock);
    return new Storage(
        new MemoryEventStore(ledger),
        new MemoryDeliveryQueue(ledger),
        new MemoryDeliveryControl(ledger),
        new MemoryDeadLetters(ledger),
        new MemoryBulkJobs(ledger),
        Optional.of(new MemoryLanes(ledger)));
  }

  /// Returns a registry of nodes; a process has only one.
  public static NodeRegistry nodes(InstantSource clock) {
    return new MemoryNodeRegistry(clock);
  }

  /// Returns an activity log that lasts as long as the process.
  public static ActivityLog activity() {
    return new MemoryActivityLog();
  }

  /// Returns an empty store of keys that lasts as long as the process.
  public static KeyStore keys() {
    return new MemoryKeyStore();
  }

  /// Returns a history of figures that lasts as long as the process.
  public static SeriesStore series() {
    return new MemorySeriesStore();
  }

  /// Returns a feed of changes between nodes; a process has only one node.
  public static ChangeFeed changes(InstantSource clock) {
    return new MemoryChangeFeed(clock);
  }

  /// Returns a store of pauses that lasts as long as the process.
  public static PauseStore pauses() {
    return new MemoryPauseStore();
  }

  /// Returns token buckets that last as long as the process, and are full when it starts.
  public static RateTokens rateTokens(TimeSource clock) {
    return new MemoryRateTokens(clock);
  }

  /// Returns an empty store of subscriptions that lasts as long as the process.
  public static SubscriptionStore subscriptions() {
    return new MemorySubscriptionStore();
  }

  /// Returns an empty store of schedules that lasts as long as the process.
  public static ScheduleStore schedules() {
    return new MemoryScheduleStore();
  }
}
