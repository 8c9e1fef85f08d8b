package dev.sluice.server;

import dev.sluice.adapter.jdbc.sqlite.SqliteAdapter;
import dev.sluice.application.activity.Activity;
import dev.sluice.domain.port.ActivityLog;
import dev.sluice.domain.port.PortException;
import dev.sluice.domain.port.SubscriptionStore;
import dev.sluice.domain.time.TimeSource;
import dev.sluice.server.config.ServerConfig;
import java.time.InstantSource;
import java.util.function.BiFunction;

/// The subscriptions in the storage, for commands: while a service uses it as well as before the
/// first start. Running nodes take a change in force within two seconds.
final class StoredSubscriptions {

  private StoredSubscriptions() {}

  /// @throws PortException when the storage cannot be used, or ends with its process
  static <T> T use(ServerConfig config, BiFunction<SubscriptionStore, Activity, T> use) {
    if (!StoredKeys.areKept(config)) {
      throw new PortException(
          "STORAGE=memory keeps subscriptions only in the service itself: set SUBSCRIPTIONS_FILE"
              + " for its start, or use its API");
    }
    TimeSource clock = clock();
    BiFunction<SubscriptionStore, ActivityLog, T> withStores =
        (store, log) -> use.apply(store, new Activity(log, config.activityRetention(), clock));
    if (config.storage().equals("sqlite")) {
      return SqliteAdapter.onSubscriptions(EmbeddedStorage.of(config), withStores);
    }
    try (OpenStorage storage = OpenStorage.open(config, clock)) {
      return withStores.apply(storage.ports().subscriptions(), storage.ports().activity());
    }
  }

  static TimeSource clock() {
    return TimeSource.of(InstantSource.system(), System::nanoTime);
  }
}
